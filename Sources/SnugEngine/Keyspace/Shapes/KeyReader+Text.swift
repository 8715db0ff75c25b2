internal import SnugMemory

/// Keys in which no number was found.
extension KeyReader {
    /// Texts of fewer characters are not packed, because that would save nothing.
    static let packedCharacterCountMin = 4

    /// Writes template and parts of a key without tokens and returns how many bytes both have.
    mutating func writeTextKey(_ key: RawSpan) -> Int {
        var start = 0
        var at = -1
        var offset = 0
        while offset < key.byteCount {
            let bytes = EightBytes(key.paddedWord(at: offset))
            let left = key.byteCount &- offset
            let wanted = left < 8 ? EightBytes.first(left) : .max
            let separators = (bytes.equal(to: 0x3a) | bytes.equal(to: 0x2f) | bytes.equal(to: 0x7c)) & wanted
            if separators != 0 { start = offset &+ EightBytes.lastIndex(in: separators) &+ 1 }
            let ats = bytes.equal(to: 0x40) & wanted
            if ats != 0 { at = offset &+ EightBytes.lastIndex(in: ats) }
            offset &+= 8
        }
        let end = at > start ? at : key.byteCount
        return writeText(key, prefixByteCount: start, textByteCount: end &- start)
    }

    /// Writes the template that has all of `key` but one text, and that text as its only part. Returns how many bytes
    /// both have.
    mutating func writeText(_ key: RawSpan, prefixByteCount: Int, textByteCount: Int) -> Int {
        var written = Self.templateOffset
        copyLiteral(key, from: 0, to: written, byteCount: prefixByteCount)
        written &+= prefixByteCount
        buffer.store(TemplateMarker.text, at: written)
        written &+= 1
        let textEnd = prefixByteCount &+ textByteCount
        copyLiteral(key, from: textEnd, to: written, byteCount: key.byteCount &- textEnd)
        written &+= key.byteCount &- textEnd
        templateByteCount = written &- Self.templateOffset
        let head = UInt64(truncatingIfNeeded: textByteCount) << 1
        let bodyOffset = writeVarint(head, at: written)
        if textByteCount >= Self.packedCharacterCountMin
            && writePacked(key, from: prefixByteCount, to: textEnd, at: bodyOffset)
        {
            _ = writeVarint(head | 1, at: written)
            return bodyOffset &+ TextPart.packedByteCount(of: textByteCount) &- Self.templateOffset
        }
        buffer.store(key.slice(from: prefixByteCount, count: textByteCount), at: bodyOffset)
        return bodyOffset &+ textByteCount &- Self.templateOffset
    }

    /// Writes six bits for each character. False, with nothing of worth written, when a character is not of the 64.
    @inline(__always)
    func writePacked(_ key: RawSpan, from start: Int, to end: Int, at offset: Int) -> Bool {
        var read = start
        var written = offset
        while end &- read >= 16 {
            let packed = PackedText.base64(
                key.trustedLoad(UInt64.self, at: read), key.trustedLoad(UInt64.self, at: read &+ 8))
            if !packed.isPacked { return false }
            buffer.store(packed.low, at: written)
            buffer.store(packed.high, at: written &+ 6)
            read &+= 16
            written &+= 12
        }
        if read == end { return true }
        let left = end &- read
        let packed = PackedText.base64(
            paddedCharacters(key, at: read, count: left),
            left > 8 ? paddedCharacters(key, at: read &+ 8, count: left &- 8) : EightBytes.each(0x2d))
        buffer.store(packed.low, at: written)
        buffer.store(packed.high, at: written &+ 6)
        return packed.isPacked
    }

    /// Up to eight characters, and behind them those of six zeros.
    @inline(__always)
    private func paddedCharacters(_ key: RawSpan, at offset: Int, count: Int) -> UInt64 {
        let word = key.trustedWord(at: offset, upTo: key.byteCount &- offset)
        if count >= 8 { return word }
        let text = EightBytes.first(count)
        return word & text | EightBytes.each(0x2d) & ~text
    }
}

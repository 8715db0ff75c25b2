package import SnugMemory

/// Splits a line into words by Redis's quoting rules, which the configuration file shares:
/// blanks separate; `"…"` knows `\n \r \t \b \a \\ \"` and `\xHH`; `'…'` knows only `\'`; a closing quote must be
/// followed by a blank or the end.
package enum InlineSplitter {
    /// Appends the words of `line` to `bytes` and where they lie to `slots`. False when quotes are unbalanced.
    package static func split(
        _ line: RawSpan, into slots: inout [ArgumentSlot], _ bytes: inout GrowableBytes
    ) -> Bool {
        var offset = 0
        while true {
            while offset < line.byteCount && isBlank(line[offset]) { offset += 1 }
            guard offset < line.byteCount else { return true }
            let start = bytes.count
            guard let end = readWord(line, from: offset, into: &bytes) else { return false }
            offset = end
            slots.append(ArgumentSlot(offset: start, byteCount: bytes.count - start))
        }
    }

    /// The words of `line`, or nil when quotes are unbalanced.
    package static func words(of line: RawSpan) -> [[UInt8]]? {
        var slots: [ArgumentSlot] = []
        var bytes = GrowableBytes()
        guard split(line, into: &slots, &bytes) else { return nil }
        let all = bytes.bytes.makeArray()
        return slots.map { Array(all[$0.offset..<$0.offset + $0.byteCount]) }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 32 || byte >= 9 && byte <= 13 || byte == 0
    }

    /// What ends a word without quotes: any blank but vertical tab and form feed, which belong to the word.
    private static func endsWord(_ byte: UInt8) -> Bool {
        isBlank(byte) && byte != 11 && byte != 12
    }

    private static func readWord(_ line: RawSpan, from start: Int, into bytes: inout GrowableBytes) -> Int? {
        var offset = start
        while offset < line.byteCount && !endsWord(line[offset]) {
            switch line[offset] {
            case UInt8(ascii: "\""):
                guard let end = readDoubleQuoted(line, from: offset + 1, into: &bytes) else { return nil }
                return end
            case UInt8(ascii: "'"):
                guard let end = readSingleQuoted(line, from: offset + 1, into: &bytes) else { return nil }
                return end
            default:
                bytes.append(line[offset])
                offset += 1
            }
        }
        return offset
    }

    private static func readDoubleQuoted(_ line: RawSpan, from start: Int, into bytes: inout GrowableBytes) -> Int? {
        var offset = start
        while offset < line.byteCount {
            let byte = line[offset]
            if byte == UInt8(ascii: "\"") { return endOfQuoted(line, at: offset) }
            guard byte == UInt8(ascii: "\\"), offset + 1 < line.byteCount else {
                bytes.append(byte)
                offset += 1
                continue
            }
            if line[offset + 1] == UInt8(ascii: "x"), offset + 3 < line.byteCount,
                let high = hexDigit(line[offset + 2]), let low = hexDigit(line[offset + 3])
            {
                bytes.append(high << 4 | low)
                offset += 4
            } else {
                bytes.append(unescaped(line[offset + 1]))
                offset += 2
            }
        }
        return nil
    }

    private static func readSingleQuoted(_ line: RawSpan, from start: Int, into bytes: inout GrowableBytes) -> Int? {
        var offset = start
        while offset < line.byteCount {
            let byte = line[offset]
            if byte == UInt8(ascii: "'") { return endOfQuoted(line, at: offset) }
            if byte == UInt8(ascii: "\\"), offset + 1 < line.byteCount, line[offset + 1] == UInt8(ascii: "'") {
                offset += 1
            }
            bytes.append(line[offset])
            offset += 1
        }
        return nil
    }

    /// The offset behind the closing quote at `offset`, or nil when a word goes on behind it.
    private static func endOfQuoted(_ line: RawSpan, at offset: Int) -> Int? {
        offset + 1 < line.byteCount && !isBlank(line[offset + 1]) ? nil : offset + 1
    }

    private static func unescaped(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "n"): 10
        case UInt8(ascii: "r"): 13
        case UInt8(ascii: "t"): 9
        case UInt8(ascii: "b"): 8
        case UInt8(ascii: "a"): 7
        default: byte
        }
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}

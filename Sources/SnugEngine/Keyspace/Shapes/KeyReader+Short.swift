internal import SnugMemory

/// Keys of fewer than 64 bytes with one number or one UUID and no other token, or with none: most keys. They are read
/// from the bits that say what their bytes are, without a list of tokens, and every copy is one of whole words:
///
///     key        user:12345:blocked          front, literal text before the token: words from the key's start on,
///                └─┬─┘└─┬─┘└──┬───┘          the last of them ending where the front does
///                front token  back           back, literal text behind it: words that end with the key
///
/// Copies run over what is written later. In a key of fewer than eight bytes both words hold all of it, the first at
/// its low end and the last at its high end.
extension KeyReader {
    static let shortByteCountMax = 63
    /// The hexadecimal digits of a UUID among its 36 bytes, which are the low bits of `uuidSpan`.
    private static let uuidDigits: UInt64 = 0xfff_7bde_ff
    private static let uuidSpan: UInt64 = 1 << 36 - 1

    /// Reads a key of 1 to 63 bytes and returns how many bytes template and parts have.
    @inline(__always)
    mutating func readShort(_ key: RawSpan) -> Int {
        let classes = ByteClasses(key, from: 0)
        if classes.holdsMarkers { return writeText(key, prefixByteCount: 0, textByteCount: key.byteCount) }
        let digits = classes.digits
        if digits != 0 {
            let first = digits.trailingZeroBitCount
            let run = digits &>> UInt64(truncatingIfNeeded: first)
            let count = (~run).trailingZeroBitCount
            if run & (run &+ 1) == 0 && count <= Self.numberDigitCountMax {
                let inWordBefore = (classes.words << 1) &>> UInt64(truncatingIfNeeded: first) & 1
                let inWordBehind = classes.words &>> UInt64(truncatingIfNeeded: first &+ count) & 1
                // A word of digits is no hexadecimal token, but it may end a UUID when the key has room for one.
                let isWord = inWordBefore | inWordBehind == 0
                let words = isWord && key.byteCount < Self.uuidByteCount ? classes.words ^ digits : classes.words
                if inWordBefore & inWordBehind == 0
                    && (ByteClasses.twelves(in: words) == 0
                        || ByteClasses.twelves(in: hexDigits(key) & words) == 0)
                {
                    return writeNumberKey(key, from: first, digitCount: count)
                }
            }
        }
        return readShortWithoutNumber(key, classes)
    }

    /// The same for a key that is not known to have one number alone.
    @inline(never)
    private mutating func readShortWithoutNumber(_ key: RawSpan, _ classes: ByteClasses) -> Int {
        let hex = ByteClasses.twelves(in: classes.words) == 0 ? 0 : ByteClasses.hexDigits(in: key)
        let twelves = ByteClasses.twelves(in: hex)
        if twelves != 0 {
            let start = twelves.trailingZeroBitCount &- 24
            if start >= 0 && isUUIDAlone(classes, hex, at: start) && hasUUIDHyphens(key, at: start) {
                let marker = uuidCase(key, at: start)
                if marker != 0 { return writeUUIDKey(key, from: start, marker) }
            }
            return readTokens(key)
        }
        if holdsNumber(classes) { return readTokens(key) }
        let all: UInt64 = 1 &<< UInt64(truncatingIfNeeded: key.byteCount) &- 1
        return writeShortTextKey(key, others: classes.words ^ all)
    }

    /// Out of line, for names of twelve letters and more.
    @inline(never)
    private func hexDigits(_ key: RawSpan) -> UInt64 { ByteClasses.hexDigits(in: key) }

    // MARK: Tokens

    /// Whether a word has its digits all at its front or all at its end. No word is hexadecimal.
    @inline(__always)
    private func holdsNumber(_ classes: ByteClasses) -> Bool {
        var left = classes.digits
        while left != 0 {
            let first = left.trailingZeroBitCount
            let shift = UInt64(truncatingIfNeeded: first)
            let byteCount = (~(classes.words &>> shift)).trailingZeroBitCount
            let run = (left &>> shift) & (1 &<< UInt64(truncatingIfNeeded: byteCount) &- 1)
            if run & (run &+ 1) == 0 {
                let isAtFront = (classes.words << 1) &>> shift & 1 == 0
                if isAtFront || run &>> UInt64(truncatingIfNeeded: byteCount &- 1) == 1 { return true }
            }
            left &= ~0 &<< UInt64(truncatingIfNeeded: first &+ byteCount)
        }
        return false
    }

    /// Whether digits stand as in a UUID at `start`, it is bounded by words' ends, and nothing outside is a token.
    @inline(__always)
    private func isUUIDAlone(_ classes: ByteClasses, _ hex: UInt64, at start: Int) -> Bool {
        let shift = UInt64(truncatingIfNeeded: start)
        let outside = ~(Self.uuidSpan &<< shift)
        return (hex &>> shift) & Self.uuidSpan == Self.uuidDigits
            && (classes.words << 1) &>> shift & 1 == 0
            && classes.words &>> (shift &+ 36) & 1 == 0
            && classes.digits & outside == 0 && ByteClasses.twelves(in: hex & outside) == 0
    }

    @inline(__always)
    private func hasUUIDHyphens(_ key: RawSpan, at start: Int) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return key.trustedLoad(UInt8.self, at: start &+ 8) == hyphen
            && key.trustedLoad(UInt8.self, at: start &+ 13) == hyphen
            && key.trustedLoad(UInt8.self, at: start &+ 18) == hyphen
            && key.trustedLoad(UInt8.self, at: start &+ 23) == hyphen
    }

    /// The marker of a UUID whose digits are known to be hexadecimal, 0 when its letters are of both cases.
    @inline(__always)
    private func uuidCase(_ key: RawSpan, at start: Int) -> UInt8 {
        var lower: UInt64 = 0
        var upper: UInt64 = 0
        for number in 0..<4 {
            let digits = trustedUUIDWord(number, of: key, at: start)
            lower |= digits >> 6 & digits >> 5
            upper |= digits >> 6 & ~(digits >> 5)
        }
        if upper & EightBytes.each(1) == 0 { return TemplateMarker.lowercaseUUID }
        return lower & EightBytes.each(1) == 0 ? TemplateMarker.uppercaseUUID : 0
    }

    /// As `uuidWord`, of a UUID that is known to lie in the key.
    @inline(__always)
    private func trustedUUIDWord(_ number: Int, of key: RawSpan, at start: Int) -> UInt64 {
        switch number {
        case 0: key.trustedLoad(UInt64.self, at: start)
        case 3: key.trustedLoad(UInt64.self, at: start &+ 28)
        default:
            UInt64(key.trustedLoad(UInt32.self, at: start &- 1 &+ number &* 10))
                | UInt64(key.trustedLoad(UInt32.self, at: start &+ 4 &+ number &* 10)) << 32
        }
    }

    // MARK: Writing

    @inline(__always)
    private mutating func writeNumberKey(_ key: RawSpan, from start: Int, digitCount: Int) -> Int {
        let words = EndWords(key)
        let end = start &+ digitCount
        let isPadded = digitCount > 1 && key.trustedLoad(UInt8.self, at: start) == UInt8(ascii: "0")
        let marker = isPadded ? TemplateMarker.paddedDecimal : TemplateMarker.decimal
        let argument = UInt16(truncatingIfNeeded: digitCount) &+ UInt16(TemplateMarker.widthBias)
        writeFront(key, words, byteCount: start)
        let markerOffset = Self.templateOffset &+ start
        buffer.store(UInt16(marker) | argument << 8, at: markerOffset)
        let backOffset = markerOffset &+ (isPadded ? 2 : 1)
        writeBack(key, words, from: end, at: backOffset)
        let partsOffset = backOffset &+ key.byteCount &- end
        templateByteCount = partsOffset &- Self.templateOffset

        var value = words.decimalValue(key, end: end, count: min(8, digitCount))
        if digitCount > 8 {
            value &+= 100_000_000 &* words.decimalValue(key, end: end &- 8, count: min(8, digitCount &- 8))
            if digitCount > 16 {
                value &+=
                    10_000_000_000_000_000
                    &* words.decimalValue(key, end: end &- 16, count: digitCount &- 16)
            }
        }
        index = Int(truncatingIfNeeded: value & 63)
        isIndexed = true
        return writeVarint(value >> 6, at: partsOffset) &- Self.templateOffset
    }

    @inline(__always)
    private mutating func writeUUIDKey(_ key: RawSpan, from start: Int, _ marker: UInt8) -> Int {
        let words = EndWords(key)
        let end = start &+ Self.uuidByteCount
        writeFront(key, words, byteCount: start)
        let markerOffset = Self.templateOffset &+ start
        buffer.store(marker, at: markerOffset)
        writeBack(key, words, from: end, at: markerOffset &+ 1)
        let partsOffset = markerOffset &+ 1 &+ key.byteCount &- end
        templateByteCount = partsOffset &- Self.templateOffset
        for half in 0..<2 {
            let low = trustedUUIDWord(half &* 2, of: key, at: start)
            let high = trustedUUIDWord(half &* 2 &+ 1, of: key, at: start)
            buffer.store(PackedText.hex(low, high), at: partsOffset &+ half &* 8)
        }
        return partsOffset &+ 16 &- Self.templateOffset
    }

    @inline(__always)
    private func writeFront(_ key: RawSpan, _ words: EndWords, byteCount: Int) {
        buffer.store(words.first, at: Self.templateOffset)
        if byteCount <= 8 { return }
        var offset = 8
        while offset &+ 8 < byteCount {
            buffer.store(key.trustedLoad(UInt64.self, at: offset), at: Self.templateOffset &+ offset)
            offset &+= 8
        }
        let last = byteCount &- 8
        buffer.store(key.trustedLoad(UInt64.self, at: last), at: Self.templateOffset &+ last)
    }

    @inline(__always)
    private func writeBack(_ key: RawSpan, _ words: EndWords, from start: Int, at place: Int) {
        let byteCount = key.byteCount &- start
        if byteCount < 8 {
            // Without bytes the shift is one by 0, and what is written is written over.
            buffer.store(words.last &>> UInt64(truncatingIfNeeded: (8 &- byteCount) &* 8), at: place)
            return
        }
        var offset = 0
        while offset &+ 8 < byteCount {
            buffer.store(key.trustedLoad(UInt64.self, at: start &+ offset), at: place &+ offset)
            offset &+= 8
        }
        buffer.store(words.last, at: place &+ byteCount &- 8)
    }

    /// A key without tokens; `others` marks the bytes that belong to no word.
    @inline(__always)
    private mutating func writeShortTextKey(_ key: RawSpan, others: UInt64) -> Int {
        var left = others
        var start = 0
        var end = key.byteCount
        while left != 0 {
            let place = 63 &- left.leadingZeroBitCount
            let byte = key.trustedLoad(UInt8.self, at: place)
            if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "|") {
                start = place &+ 1
                break
            }
            if byte == UInt8(ascii: "@") && end == key.byteCount { end = place }
            left ^= 1 &<< UInt64(truncatingIfNeeded: place)
        }
        // An `@` with nothing before it is text.
        if end <= start { end = key.byteCount }
        return writeShortText(key, from: start, to: end)
    }

    /// As `writeText`. The head of so short a text is one byte.
    @inline(__always)
    private mutating func writeShortText(_ key: RawSpan, from start: Int, to end: Int) -> Int {
        let markerOffset = Self.templateOffset &+ start
        let headOffset = markerOffset &+ 1 &+ key.byteCount &- end
        if start > 0 || end < key.byteCount {
            let words = EndWords(key)
            writeFront(key, words, byteCount: start)
            writeBack(key, words, from: end, at: markerOffset &+ 1)
        }
        buffer.store(TemplateMarker.text, at: markerOffset)
        templateByteCount = headOffset &- Self.templateOffset
        let byteCount = end &- start
        let head = UInt8(truncatingIfNeeded: byteCount << 1)
        let bodyOffset = headOffset &+ 1
        if byteCount >= Self.packedCharacterCountMin && writePacked(key, from: start, to: end, at: bodyOffset) {
            buffer.store(head | 1, at: headOffset)
            return bodyOffset &+ TextPart.packedByteCount(of: byteCount) &- Self.templateOffset
        }
        buffer.store(head, at: headOffset)
        buffer.store(key.slice(from: start, count: byteCount), at: bodyOffset)
        return bodyOffset &+ byteCount &- Self.templateOffset
    }
}

/// The first and the last eight bytes of a key.
private struct EndWords: BitwiseCopyable {
    let first: UInt64
    let last: UInt64

    @inline(__always)
    init(_ key: RawSpan) {
        let byteCount = key.byteCount
        if byteCount >= 8 {
            first = key.trustedLoad(UInt64.self, at: 0)
            last = key.trustedLoad(UInt64.self, at: byteCount &- 8)
        } else {
            first = key.trustedWord(at: 0, upTo: byteCount)
            last = first &<< UInt64(truncatingIfNeeded: (8 &- byteCount) &* 8)
        }
    }

    /// The value of `count` digits, 1 to 8, that end before `end`.
    @inline(__always)
    func decimalValue(_ key: RawSpan, end: Int, count: Int) -> UInt64 {
        let word =
            end >= 8
            ? key.trustedLoad(UInt64.self, at: end &- 8) : first &<< UInt64(truncatingIfNeeded: (8 &- end) &* 8)
        return EightBytes(word).decimalValue(lastCount: count)
    }
}

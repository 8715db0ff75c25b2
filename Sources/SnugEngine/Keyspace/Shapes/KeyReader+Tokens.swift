internal import SnugMemory

/// How many tokens a key has, and which is its last decimal number.
struct TokenList: BitwiseCopyable {
    var count = 0
    var lastNumber = -1
}

/// Where a token stands in the key, its marker, and the argument if the marker has one. Eight bytes of the buffer.
struct Token: BitwiseCopyable {
    let bits: UInt64

    @inline(__always)
    init(bits: UInt64) { self.bits = bits }

    @inline(__always)
    init(start: Int, byteCount: Int, marker: UInt8, argument: UInt8) {
        bits =
            UInt64(truncatingIfNeeded: start) | UInt64(truncatingIfNeeded: byteCount) << 16 | UInt64(marker) << 32
            | UInt64(argument) << 40
    }

    @inline(__always)
    var start: Int { Int(truncatingIfNeeded: bits & 0xffff) }
    @inline(__always)
    var byteCount: Int { Int(truncatingIfNeeded: bits >> 16 & 0xffff) }
    @inline(__always)
    var marker: UInt8 { UInt8(truncatingIfNeeded: bits >> 32) }
    @inline(__always)
    var argument: UInt8 { UInt8(truncatingIfNeeded: bits >> 40) }
}

/// Finding the tokens of a key of at most 255 bytes.
extension KeyReader {
    static let numberDigitCountMax = 19
    static let hexDigitCountMin = 12
    static let hexDigitCountMax = 251
    static let uuidByteCount = 36
    private static let hyphen: UInt8 = 0x2d
    private static let zero: UInt8 = 0x30

    @inline(__always)
    func token(_ number: Int) -> Token {
        Token(bits: buffer.load(UInt64.self, at: number &* 16))
    }

    /// The value of a token that is a decimal number.
    @inline(__always)
    func tokenValue(_ number: Int) -> UInt64 {
        buffer.load(UInt64.self, at: number &* 16 &+ 8)
    }

    /// The tokens, of which `window` holds the first bytes. A step for each word.
    @inline(__always)
    func findTokens(in key: RawSpan, _ window: KeyWindow) -> TokenList {
        var tokens = TokenList()
        var next = readWords(key, window, &tokens)
        while next < key.byteCount && tokens.count < Self.tokenCountMax {
            next = readWords(key, KeyWindow(key, from: next), &tokens)
        }
        return tokens
    }

    /// Reads the words in a window and returns where the next window begins.
    @inline(__always)
    private func readWords(_ key: RawSpan, _ window: KeyWindow, _ tokens: inout TokenList) -> Int {
        let isLast = key.byteCount &- window.base < KeyWindow.byteCountMax
        var left = window.words
        while left != 0 && tokens.count < Self.tokenCountMax {
            let offset = left.trailingZeroBitCount
            let reachesEnd = ~left &>> UInt64(truncatingIfNeeded: offset) == 0
            if reachesEnd && !isLast {
                // The word may go on behind the window: a window that begins with it decides, or a look at each byte.
                if offset > 0 { return window.base &+ offset }
                return readWord(key, KeyWord(key, at: window.base), &tokens)
            }
            let end = readWord(key, KeyWord(window, at: offset), &tokens) &- window.base
            if end >= KeyWindow.byteCountMax { return window.base &+ end }
            left = window.words & (~0 &<< UInt64(truncatingIfNeeded: end))
        }
        return window.base &+ KeyWindow.byteCountMax
    }

    /// Reads a word and returns the offset behind it, or behind the UUID that begins with it.
    @inline(__always)
    private func readWord(_ key: RawSpan, _ word: KeyWord, _ tokens: inout TokenList) -> Int {
        if word.byteCount >= 8 {
            let end = readLongWord(key, word, &tokens)
            if end > 0 { return end }
        }
        if word.digitCount > 0 { addDigits(key, word.digitsStart, word.digitCount, &tokens) }
        return word.end
    }

    /// Reads a word of eight bytes or more if it is hexadecimal or begins a UUID. Returns the offset behind, or 0.
    @inline(never)
    private func readLongWord(_ key: RawSpan, _ word: KeyWord, _ tokens: inout TokenList) -> Int {
        if word.byteCount == 8 {
            let marker = uuidMarker(key, at: word.start)
            if marker == 0 { return 0 }
            add(word.start, Self.uuidByteCount, marker, &tokens)
            return word.start &+ Self.uuidByteCount
        }
        if word.byteCount < Self.hexDigitCountMin || word.byteCount > Self.hexDigitCountMax
            || word.digitCount == word.byteCount
        {
            return 0
        }
        let marker = hexMarker(key, at: word.start, byteCount: word.byteCount)
        if marker == 0 { return 0 }
        let argument = UInt8(word.byteCount) &+ TemplateMarker.hexBias
        add(word.start, word.byteCount, marker, argument: argument, &tokens)
        return word.end
    }

    @inline(__always)
    private func add(
        _ start: Int, _ byteCount: Int, _ marker: UInt8, argument: UInt8 = 0, _ tokens: inout TokenList
    ) {
        let token = Token(start: start, byteCount: byteCount, marker: marker, argument: argument)
        buffer.store(token.bits, at: tokens.count &* 16)
        tokens.count &+= 1
    }

    @inline(__always)
    private func addDigits(_ key: RawSpan, _ start: Int, _ digitCount: Int, _ tokens: inout TokenList) {
        if digitCount > Self.numberDigitCountMax {
            if digitCount > Self.hexDigitCountMax { return }
            let argument = UInt8(digitCount) &+ TemplateMarker.hexBias
            return add(start, digitCount, TemplateMarker.lowercaseHex, argument: argument, &tokens)
        }
        let value = decimalValue(key, at: start, digitCount: digitCount)
        buffer.store(value, at: tokens.count &* 16 &+ 8)
        tokens.lastNumber = tokens.count
        let isPadded = digitCount > 1 && key[start] == Self.zero
        add(
            start, digitCount, isPadded ? TemplateMarker.paddedDecimal : TemplateMarker.decimal,
            argument: UInt8(digitCount) &+ TemplateMarker.widthBias, &tokens)
    }

    /// The value of at most 19 digits, which fits.
    @inline(__always)
    private func decimalValue(_ key: RawSpan, at start: Int, digitCount: Int) -> UInt64 {
        let first = (digitCount &- 1) & 7 &+ 1
        var value = EightBytes(key.paddedWord(at: start)).decimalValue(count: first)
        var read = first
        while read < digitCount {
            value = value &* 100_000_000
            value &+= EightBytes(key.paddedWord(at: start &+ read)).decimalValue(count: 8)
            read &+= 8
        }
        return value
    }

    /// Hexadecimal digits 8 × `number` to 8 × `number` + 7 of a UUID.
    @inline(__always)
    func uuidWord(_ number: Int, of key: RawSpan, at start: Int) -> UInt64 {
        switch number {
        case 0: key.load(UInt64.self, at: start)
        case 3: key.load(UInt64.self, at: start &+ 28)
        default:
            UInt64(key.load(UInt32.self, at: start &- 1 &+ number &* 10))
                | UInt64(key.load(UInt32.self, at: start &+ 4 &+ number &* 10)) << 32
        }
    }

    /// The marker of the UUID that begins at `start`, 0 when none does.
    @inline(__always)
    private func uuidMarker(_ key: RawSpan, at start: Int) -> UInt8 {
        let end = start &+ Self.uuidByteCount
        guard
            end <= key.byteCount && key[start &+ 8] == Self.hyphen && key[start &+ 13] == Self.hyphen
                && key[start &+ 18] == Self.hyphen && key[start &+ 23] == Self.hyphen
                && EightBytes(key.paddedWord(at: end)).wordBytes & 0x80 == 0
        else { return 0 }
        var lower = EightBytes.topBits
        var upper = EightBytes.topBits
        for number in 0..<4 {
            let digits = EightBytes(uuidWord(number, of: key, at: start))
            lower &= digits.hexDigits(letter: 0x61)
            upper &= digits.hexDigits(letter: 0x41)
        }
        if lower == EightBytes.topBits { return TemplateMarker.lowercaseUUID }
        return upper == EightBytes.topBits ? TemplateMarker.uppercaseUUID : 0
    }

    /// The marker for a word of hexadecimal digits, 0 when it has others.
    private func hexMarker(_ key: RawSpan, at start: Int, byteCount: Int) -> UInt8 {
        var lower: UInt64 = 0
        var upper: UInt64 = 0
        var read = 0
        while read < byteCount {
            let digits = EightBytes(key.paddedWord(at: start &+ read))
            let left = byteCount &- read
            let wanted = left < 8 ? EightBytes.topBits & EightBytes.first(left) : EightBytes.topBits
            lower |= wanted & ~digits.hexDigits(letter: 0x61)
            upper |= wanted & ~digits.hexDigits(letter: 0x41)
            if lower != 0 && upper != 0 { return 0 }
            read &+= 8
        }
        return lower == 0 ? TemplateMarker.lowercaseHex : TemplateMarker.uppercaseHex
    }
}

package import SnugMemory

/// Reads a key into template, parts and index (`Template.swift` draws them). Reused from key to key; allocates nothing
/// once its buffer has grown. What is read depends on the key's bytes alone, and `appendKey` gives them back.
///
/// A key that holds a byte below 0x10, or has more than 255 bytes, is one text. In others, tokens are looked for word
/// by word, where a word is as many digits, letters and bytes from 0x80 on as stand together:
/// - 8-4-4-4-12 hexadecimal digits of one case between words' ends are a UUID;
/// - a word of 12 to 251 hexadecimal digits of one case with a letter among them is hexadecimal;
/// - a word of digits, or the digits of a word that has them all at its front or all at its end, is a decimal number
///   (with or without leading zeros) of up to 19 digits, and hexadecimal when there are more.
///
/// After eight tokens the rest is literal text. In a key without a token, what follows the last of `:` `/` `|` is text,
/// or of that, when it has an `@` with something before it, what stands before the last `@`.
///
///     buffer  ┌────────────┬──────────┬───────┐
///             │ tokens 128 │ template │ parts │
///             └────────────┴──────────┴───────┘
///
/// The key is scanned where it lies, as bits that say what its bytes are (`KeyWindow`). Literal text is copied eight
/// bytes at a time, so up to seven bytes behind it are overwritten, which are written later or are a margin.
package struct KeyReader: ~Copyable {
    static let keyByteCountMax = 255
    static let tokenCountMax = 8
    static let templateOffset = tokenCountMax * 16
    static let margin = 16
    /// Enough for every key that is not read as one long text.
    static let capacityMin = templateOffset + 2 * (keyByteCountMax + margin) + margin
    /// A buffer that has grown beyond this for one key is not kept for the next.
    static let capacityKept = 1 << 16

    private let staysInPlace = StaysInPlace()
    private let hashStart: SipState
    var buffer: Block
    private var capacity: Int
    package internal(set) var templateByteCount = 0
    private var byteCount = 0
    /// The low six bits of the last decimal number, 0 when the key has none.
    package internal(set) var index = 0
    /// Whether the key has a decimal number, which all keys of its template have or none.
    package internal(set) var isIndexed = false
    /// Keyed hash of template and parts: the same for all keys of a run.
    package private(set) var hash: UInt64 = 0
    /// How many keys have been read; one that is the same as the last does not count.
    private(set) var readCount: UInt64 = 0
    /// Whether the key had been announced, so that what its lookup will read is on its way.
    private(set) var isAnnounced = false
    private var last = ShortKey()
    /// Keys that have been announced, nil until one is.
    private var lookahead: Box<KeyLookahead>?

    package init(hasher: KeyedHash) {
        hashStart = hasher.start
        capacity = Self.capacityMin
        buffer = Block.allocate(byteCount: capacity)
    }

    deinit {
        buffer.free()
        lookahead?.destroy()
    }

    /// The template's bytes, then those of the parts.
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        get { buffer.bytes(at: Self.templateOffset, count: byteCount, of: self) }
    }

    package var template: RawSpan {
        @_lifetime(borrow self)
        get { buffer.bytes(at: Self.templateOffset, count: templateByteCount, of: self) }
    }

    package var parts: RawSpan {
        @_lifetime(borrow self)
        get {
            buffer.bytes(
                at: Self.templateOffset &+ templateByteCount, count: byteCount &- templateByteCount, of: self)
        }
    }

    /// Reads a key. One that is short and the same as the last, or has been announced, is only compared: commands for
    /// one key often follow each other.
    package mutating func read(_ key: RawSpan) {
        if holds(key) { return }
        readCount &+= 1
        if capacity <= Self.capacityKept, let lookahead, let reader = lookahead.value.find(key) {
            return exchange(with: reader)
        }
        last.keep(key)
        index = 0
        isIndexed = false
        isAnnounced = false
        if key.byteCount &- 1 < Self.shortByteCountMax && key.byteCount > 0 && capacity <= Self.capacityKept {
            byteCount = readShort(key)
        } else {
            byteCount = readAny(key)
        }
        hash = hashStart.hash(
            pairIn: buffer, at: Self.templateOffset, firstByteCount: templateByteCount, byteCount: byteCount)
    }

    /// Whether the key is the last one that was read, if that was short.
    @inline(__always)
    func holds(_ key: RawSpan) -> Bool { last.equals(key) }

    /// Reads a key that will be asked for soon. Returns a reader that holds it, valid until the next `read`; nil when
    /// the key is long or many have been announced already.
    mutating func announce(_ key: RawSpan, hasher: KeyedHash) -> Box<KeyReader>? {
        if let lookahead { return lookahead.value.announce(key) }
        let made = Box(KeyLookahead(hasher: hasher))
        lookahead = made
        return made.value.announce(key)
    }

    /// Forgets the keys that were announced.
    func forgetAnnounced() { lookahead?.value.removeAll() }

    /// Takes what another reader has read, and gives it its own buffer, which holds nothing any more.
    @inline(__always)
    private mutating func exchange(with other: Box<KeyReader>) {
        swap(&buffer, &other.value.buffer)
        swap(&capacity, &other.value.capacity)
        templateByteCount = other.value.templateByteCount
        byteCount = other.value.byteCount
        index = other.value.index
        isIndexed = other.value.isIndexed
        hash = other.value.hash
        last = other.value.last
        isAnnounced = true
        other.value.last.forget()
    }

    /// Reads a key of any length; returns how many bytes template and parts have.
    @inline(never)
    private mutating func readAny(_ key: RawSpan) -> Int {
        let isLong = key.byteCount > Self.keyByteCountMax
        if isLong || capacity > Self.capacityKept { resizeBuffer(for: isLong ? key.byteCount : 0) }
        return isLong ? writeText(key, prefixByteCount: 0, textByteCount: key.byteCount) : readTokens(key)
    }

    /// Reads a key of at most 255 bytes.
    @inline(never)
    mutating func readTokens(_ key: RawSpan) -> Int {
        let window = KeyWindow(key, from: 0)
        if window.holdsMarkers || key.byteCount > KeyWindow.byteCountMax && holdsMarkers(key) {
            return writeText(key, prefixByteCount: 0, textByteCount: key.byteCount)
        }
        let tokens = findTokens(in: key, window)
        if tokens.count == 0 { return writeTextKey(key) }
        writeTemplate(tokens, of: key)
        return writeParts(tokens, of: key)
    }

    /// Whether a key of more than 64 bytes has bytes behind them that would be taken for markers.
    private func holdsMarkers(_ key: RawSpan) -> Bool {
        var base = KeyWindow.byteCountMax
        while base < key.byteCount {
            if KeyWindow(key, from: base).holdsMarkers { return true }
            base &+= KeyWindow.byteCountMax
        }
        return false
    }

    /// Makes room for a key of one text of `textByteCount` bytes.
    private mutating func resizeBuffer(for textByteCount: Int) {
        var needed = max(Self.capacityMin, Self.templateOffset + textByteCount + 2 * Self.margin)
        if needed > Self.capacityMin && needed <= Self.capacityKept {
            needed = 1 << (Int.bitWidth - (needed - 1).leadingZeroBitCount)
        }
        if needed <= capacity && (capacity <= Self.capacityKept || needed > capacity >> 1) { return }
        buffer.free()
        buffer = Block.allocate(byteCount: needed)
        capacity = needed
    }

    // MARK: Writing

    /// Copies literal text from the key; up to seven bytes behind it are overwritten.
    @inline(__always)
    func copyLiteral(_ key: RawSpan, from source: Int, to destination: Int, byteCount: Int) {
        var copied = 0
        while copied < byteCount {
            buffer.store(key.paddedWord(at: source &+ copied), at: destination &+ copied)
            copied &+= 8
        }
    }

    @inline(__always)
    private mutating func writeTemplate(_ tokens: TokenList, of key: RawSpan) {
        var read = 0
        var written = Self.templateOffset
        for number in 0..<tokens.count {
            let token = token(number)
            let literal = token.start &- read
            copyLiteral(key, from: read, to: written, byteCount: literal)
            written &+= literal
            read = token.start &+ token.byteCount
            buffer.store(token.marker, at: written)
            buffer.store(token.argument, at: written &+ 1)
            written &+= TemplateMarker.hasArgument(token.marker) ? 2 : 1
        }
        copyLiteral(key, from: read, to: written, byteCount: key.byteCount &- read)
        templateByteCount = written &+ key.byteCount &- read &- Self.templateOffset
    }

    /// Writes the parts behind the template and returns how many bytes both have.
    @inline(__always)
    private mutating func writeParts(_ tokens: TokenList, of key: RawSpan) -> Int {
        var written = Self.templateOffset &+ templateByteCount
        for number in 0..<tokens.count {
            let token = token(number)
            switch token.marker {
            case TemplateMarker.decimal, TemplateMarker.paddedDecimal:
                var value = tokenValue(number)
                if number == tokens.lastNumber {
                    index = Int(truncatingIfNeeded: value & 63)
                    isIndexed = true
                    value >>= 6
                }
                written = writeVarint(value, at: written)
            case TemplateMarker.lowercaseUUID, TemplateMarker.uppercaseUUID:
                written = writeUUID(key, from: token.start, at: written)
            default:
                written = writeHex(key, from: token.start, digitCount: token.byteCount, at: written)
            }
        }
        return written &- Self.templateOffset
    }

    /// Returns the offset behind what was written, as the others do.
    @inline(__always)
    func writeVarint(_ value: UInt64, at offset: Int) -> Int {
        var rest = value
        var written = offset
        while rest >= 0x80 {
            buffer.store(UInt8(truncatingIfNeeded: rest) | 0x80, at: written)
            rest >>= 7
            written &+= 1
        }
        buffer.store(UInt8(truncatingIfNeeded: rest), at: written)
        return written &+ 1
    }

    private func writeUUID(_ key: RawSpan, from start: Int, at offset: Int) -> Int {
        for number in 0..<4 {
            let packed = EightBytes(uuidWord(number, of: key, at: start)).packedHex
            buffer.store(UInt32(truncatingIfNeeded: packed), at: offset &+ number &* 4)
        }
        return offset &+ 16
    }

    private func writeHex(_ key: RawSpan, from start: Int, digitCount: Int, at offset: Int) -> Int {
        var read = 0
        while read < digitCount {
            var digits = key.paddedWord(at: start &+ read)
            let left = digitCount &- read
            if left < 8 { digits &= EightBytes.first(left) }
            buffer.store(UInt32(truncatingIfNeeded: EightBytes(digits).packedHex), at: offset &+ read >> 1)
            read &+= 8
        }
        return offset &+ (digitCount &+ 1) >> 1
    }
}

extension KeyReader {
    /// Writes the key that was read behind `text`.
    func appendKey(to text: inout GrowableBytes) {
        SnugEngine.appendKey(template: template, parts: parts, index: index, to: &text)
    }

    /// Writes its shape, as it is shown, behind `text`.
    func appendShape(to text: inout GrowableBytes) { appendDisplayedTemplate(template, to: &text) }

    /// Bytes that the allocator set aside.
    var bufferByteCount: Int { buffer.allocatedByteCount + (lookahead?.value.allocatedByteCount ?? 0) }

    /// What the allocator sets aside for a box of a reader.
    static let boxByteCount = Box<KeyReader>.probedByteCount()
}

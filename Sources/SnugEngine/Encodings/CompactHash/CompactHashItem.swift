internal import SnugMemory

/// One field or value ready to be written: a head, which is the first byte and up to eight more that hold a number, and
/// the text behind it if it is one. The only maker of items (see `CompactHashLayout` for the bytes).
struct CompactHashItem: ~Escapable, BitwiseCopyable {
    /// The same for equal items.
    let firstByte: UInt8
    /// The number behind the first byte; what its bytes do not hold of it is zero.
    private let number: UInt64
    private let numberByteCount: Int
    /// The bytes behind the head, none for integers and names.
    let text: RawSpan

    /// A field that is no name. It must be an integer if its text is one's.
    @inline(__always) @_lifetime(copy field)
    init(field: StringValue) {
        switch field {
        case .integer(let integer): self.init(integer)
        case .bytes(let text): self.init(text)
        }
    }

    /// A value. It must be an integer if its text is one's.
    @inline(__always) @_lifetime(copy value)
    init(value: StringValue) {
        if case .integer(let integer) = copy value, CompactHashLayout.smallIntegers.contains(integer) {
            self.init(CompactHashLayout.upperHead + UInt8(truncatingIfNeeded: integer), 0, byteCount: 0)
        } else {
            self.init(field: value)
        }
    }

    /// A field that is a name, whose number must be below `nameLimit`.
    @_lifetime(immortal)
    init(name: Int) {
        precondition(name >= 0 && name < CompactHashLayout.nameLimit, "a name that has no form")
        guard name >= CompactHashLayout.wideNameMin else {
            self.init(CompactHashLayout.upperHead + UInt8(name), 0, byteCount: 0)
            return
        }
        let distance = name - CompactHashLayout.wideNameMin
        self.init(CompactHashLayout.wideNameHead + UInt8(distance >> 8), UInt64(distance), byteCount: 1)
    }

    /// When the pair behind it expires, milliseconds since 1970.
    @_lifetime(immortal)
    init(expiry: Int64, base: Int64) {
        let (distance, overflow) = expiry.subtractingReportingOverflow(base)
        guard !overflow, distance >= 0, distance <= CompactHashLayout.expiryDistanceMax else {
            self.init(CompactHashLayout.wideExpiryHead, UInt64(bitPattern: expiry), byteCount: 8)
            return
        }
        let head = CompactHashLayout.expiryHead + UInt8(distance >> 32)
        self.init(head, UInt64(distance), byteCount: 4)
    }

    /// What says that a pair expires with the one before it.
    @_lifetime(immortal)
    init(sameExpiry: Void) {
        self.init(CompactHashLayout.sameExpiryHead, 0, byteCount: 0)
    }

    // MARK: Heads

    @_lifetime(immortal)
    private init(_ integer: Int64) {
        guard CompactHashLayout.shortIntegers.contains(integer) else {
            // The sign takes a bit of its own.
            let byteCount = (65 - (integer ^ (integer >> 63)).leadingZeroBitCount + 7) / 8
            let width = UInt8(byteCount - CompactHashLayout.wideIntegerByteCountMin)
            self.init(CompactHashLayout.wideIntegerHead + width, UInt64(bitPattern: integer), byteCount: byteCount)
            return
        }
        let distance = UInt64(integer - CompactHashLayout.shortIntegers.lowerBound)
        self.init(CompactHashLayout.shortIntegerHead + UInt8(distance >> 8), distance, byteCount: 1)
    }

    @inline(__always) @_lifetime(copy text)
    private init(_ text: RawSpan) {
        assert(text.canonicalInteger == nil, "an integer as a text")
        let more = text.byteCount - CompactHashLayout.longTextByteCount
        if more < 0 {
            self.init(UInt8(text.byteCount), 0, byteCount: 0, text: text)
        } else {
            let width = more >> 8 == 0 ? 0 : more >> 16 == 0 ? 1 : more >> 32 == 0 ? 2 : 3
            let firstByte = CompactHashLayout.longTextHead + UInt8(width)
            self.init(firstByte, UInt64(more), byteCount: 1 << width, text: text)
        }
    }

    /// A head whose number are the low `byteCount` bytes of `number`.
    @inline(__always) @_lifetime(immortal)
    private init(_ firstByte: UInt8, _ number: UInt64, byteCount: Int) {
        self.firstByte = firstByte
        // Shifted by 64, all bits are gone.
        self.number = number & ~(~0 << UInt64(8 * byteCount))
        numberByteCount = byteCount
        text = RawSpan()
    }

    /// A head whose number is `number`, which fits into `byteCount` bytes, and the text behind it.
    @inline(__always) @_lifetime(copy text)
    private init(_ firstByte: UInt8, _ number: UInt64, byteCount: Int, text: RawSpan) {
        self.firstByte = firstByte
        self.number = number
        numberByteCount = byteCount
        self.text = text
    }

    // MARK: Comparing

    /// Whether the `count` bytes at `offset`, of which the first is `firstByte`, are this item.
    @inline(__always)
    func isEqual(to bytes: RawSpan, at offset: Int, count: Int) -> Bool {
        let headByteCount = 1 + numberByteCount
        guard count == headByteCount + text.byteCount else { return false }
        if numberByteCount > 0 {
            let found = CompactHashLayout.word(in: bytes, at: offset + 1, byteCount: numberByteCount)
            if found != number { return false }
        }
        return bytes.slice(from: offset + headByteCount, count: text.byteCount).isEqual(to: text)
    }

    // MARK: Writing

    func append(to bytes: inout GrowableBytes) {
        bytes.append(firstByte)
        if numberByteCount > 0 {
            let end = bytes.count + numberByteCount
            bytes.append(bytesOf: number.littleEndian)
            bytes.truncate(to: end)
        }
        bytes.append(text)
    }

    /// Bytes of the item.
    @inline(__always)
    var byteCount: Int { 1 + numberByteCount + text.byteCount }

    /// Puts the item before the byte at `offset`. Costs two moves of the bytes behind it, one when it has no text.
    func insert(at offset: Int, in bytes: inout GrowableBytes) {
        if text.byteCount > 0 { bytes.replace(at: offset, removing: 0, with: text) }
        var head = InlineArray<9, UInt8>(repeating: firstByte)
        for index in 0..<numberByteCount { head[index + 1] = UInt8(truncatingIfNeeded: number >> UInt64(index * 8)) }
        bytes.replace(at: offset, removing: 0, with: head.rawBytes.extracting(first: 1 + numberByteCount))
    }

    /// Puts the item in the place of the one in `range`. Costs a move of the bytes behind it, and a second one when the
    /// head alone is longer than the item that was there.
    func replace(_ range: Range<Int>, in bytes: inout GrowableBytes) {
        let start = range.lowerBound
        bytes.set(firstByte, at: start)
        let shared = min(numberByteCount, range.count - 1)
        bytes.replace(at: start + 1 + shared, removing: range.count - 1 - shared, with: text)
        if numberByteCount == 0 { return }
        let word: InlineArray<1, UInt64> = [number.littleEndian]
        // SAFETY: an integer has no padding, so its raw representation is fully initialised.
        let numberBytes = unsafe word.span.bytes.extracting(first: numberByteCount)
        bytes.replace(at: start + 1, removing: shared, with: numberBytes)
    }
}

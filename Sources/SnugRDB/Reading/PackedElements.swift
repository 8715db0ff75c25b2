internal import SnugEngine
internal import SnugMemory

/// The elements of a packed encoding, one after another. What is read has been checked, and nothing beyond it is
/// believed; when the last has been given all of the bytes have been checked.
///
/// A ziplist is what Redis had before listpacks:
///
///     ┌─────────────┬──────────────────┬─────────────────┬─────────┬─────┬──────┐
///     │ total bytes │ offset of the    │ elements, or    │ element │  …  │ 0xFF │      numbers little-endian
///     │ 4           │ last element   4 │ 65535         2 │         │     │ 1    │
///     └─────────────┴──────────────────┴─────────────────┴─────────┴─────┴──────┘
///
///     element   bytes of the element before (1 below 254, or 0xFE and 4), and
///               00nnnnnn, 01nnnnnn n, 10000000 n:32, lengths big-endian     a string of n bytes
///               1100 0000 n:16   1101 0000 n:32   1110 0000 n:64            an integer
///               1111 0000 n:24   1111 1110 n:8    1111 nnnn                 an integer, the last one n - 1, 0 … 12
///
/// A zipmap is what small hashes were before that:
///
///     ┌───────────────┬───────┬───────┬─────┬──────┐      field: its length (1 below 254, or 0xFE and 4) and bytes
///     │ pairs, or 254 │ field │ value │  …  │ 0xFF │      value: its length, a byte for how many bytes behind it are
///     │ or more     1 │       │       │     │ 1    │             unused, its bytes, and those
///     └───────────────┴───────┴───────┴─────┴──────┘
struct PackedElements: ~Escapable {
    private enum Form {
        case listpack, ziplist, zipmap
    }

    private let form: Form
    private let bytes: RawSpan
    /// Where the next element begins.
    private var offset: Int
    /// How many elements have been read.
    private var count = 0
    /// Of a ziplist: where the last element that was read begins.
    private var former: Int

    private static let ziplistHeadByteCount = 10
    private static let end: UInt8 = 0xff
    /// A ziplist's count from which on it says nothing, and the like of a zipmap.
    private static let unknownCount = 65_535
    private static let unknownPairCount = 254

    /// Throws `corrupt` when the bytes are not a listpack, all of which is checked at once.
    @_lifetime(copy bytes)
    init(listpack bytes: RawSpan) throws(RDBReadError) {
        guard let reader = ListpackReader(validating: bytes) else { throw .corrupt }
        self.init(.listpack, bytes, at: reader.firstOffset)
    }

    @_lifetime(copy bytes)
    init(ziplist bytes: RawSpan) throws(RDBReadError) {
        guard bytes.byteCount > Self.ziplistHeadByteCount,
            Int(UInt32(littleEndian: bytes.load(UInt32.self, at: 0))) == bytes.byteCount,
            bytes[bytes.byteCount - 1] == Self.end
        else { throw .corrupt }
        self.init(.ziplist, bytes, at: Self.ziplistHeadByteCount)
    }

    @_lifetime(copy bytes)
    init(zipmap bytes: RawSpan) throws(RDBReadError) {
        guard bytes.byteCount >= 2, bytes[bytes.byteCount - 1] == Self.end else { throw .corrupt }
        self.init(.zipmap, bytes, at: 1)
    }

    @_lifetime(copy bytes)
    private init(_ form: Form, _ bytes: RawSpan, at offset: Int) {
        self.form = form
        self.bytes = bytes
        self.offset = offset
        former = offset
    }

    /// How many elements the head claims, nil when it says nothing. Of a listpack it is known to be true.
    var claimedCount: Int? {
        switch form {
        case .listpack: ListpackReader(validated: bytes).count
        case .ziplist:
            Int(UInt16(littleEndian: bytes.load(UInt16.self, at: 8))) == Self.unknownCount
                ? nil : Int(UInt16(littleEndian: bytes.load(UInt16.self, at: 8)))
        case .zipmap: bytes[0] >= Self.unknownPairCount ? nil : Int(bytes[0]) * 2
        }
    }

    /// The next element, or nil behind the last.
    @_lifetime(copy self)
    mutating func next() throws(RDBReadError) -> StringValue? {
        if offset == bytes.byteCount - 1 {
            try checkEnd()
            return nil
        }
        count += 1
        switch form {
        case .listpack:
            let reader = ListpackReader(validated: bytes)
            let place = offset
            offset = reader.offset(after: place)
            return reader.value(at: place)
        case .ziplist: return try nextOfZiplist()
        case .zipmap: return .bytes(try nextOfZipmap())
        }
    }

    private func checkEnd() throws(RDBReadError) {
        if form == .listpack { return }
        if let claimedCount, claimedCount != count { throw .corrupt }
        guard form == .ziplist else { return }
        guard Int(UInt32(littleEndian: bytes.load(UInt32.self, at: 4))) == former else { throw .corrupt }
    }

    /// The `count` bytes from `place` on, which must lie before the end's byte.
    @_lifetime(copy self)
    private func part(from place: Int, count: Int) throws(RDBReadError) -> RawSpan {
        guard count <= bytes.byteCount - 1 - place else { throw .corrupt }
        return bytes.slice(from: place, count: count)
    }

    private func number(at place: Int, byteCount: Int, bigEndian: Bool = false) throws(RDBReadError) -> UInt64 {
        let digits = try part(from: place, count: byteCount)
        var number: UInt64 = 0
        for index in 0..<byteCount {
            number |= UInt64(digits[index]) << UInt64((bigEndian ? byteCount - 1 - index : index) * 8)
        }
        return number
    }

    // MARK: Ziplists

    @_lifetime(copy self)
    private mutating func nextOfZiplist() throws(RDBReadError) -> StringValue {
        let start = offset
        var place = start + 1
        var formerByteCount = Int(bytes[start])
        if formerByteCount == 254 {
            formerByteCount = Int(try number(at: place, byteCount: 4))
            place += 4
        }
        guard formerByteCount == start - former, bytes[start] != Self.end else { throw .corrupt }
        former = start
        let head = try part(from: place, count: 1)[0]
        place += 1
        if head < 0xc0 {
            let (headByteCount, count) = try stringHead(head, at: place)
            let text = try part(from: place + headByteCount, count: count)
            offset = place + headByteCount + count
            return .bytes(text)
        }
        let (byteCount, integer) = try integerBody(head, at: place)
        offset = place + byteCount
        return .integer(integer)
    }

    /// How many bytes stand between a string's first byte and its text, and how many it has.
    private func stringHead(_ head: UInt8, at place: Int) throws(RDBReadError) -> (byteCount: Int, count: Int) {
        switch head {
        case 0..<0x40: return (0, Int(head))
        case 0x40..<0x80: return (1, Int(head & 0x3f) << 8 + Int(try number(at: place, byteCount: 1)))
        case 0x80: return (4, Int(try number(at: place, byteCount: 4, bigEndian: true)))
        default: throw .corrupt
        }
    }

    private func integerBody(_ head: UInt8, at place: Int) throws(RDBReadError) -> (byteCount: Int, integer: Int64) {
        switch head {
        case 0xc0: return (2, Int64(Int16(truncatingIfNeeded: try number(at: place, byteCount: 2))))
        case 0xd0: return (4, Int64(Int32(truncatingIfNeeded: try number(at: place, byteCount: 4))))
        case 0xe0: return (8, Int64(bitPattern: try number(at: place, byteCount: 8)))
        case 0xf0:
            let bits = UInt32(truncatingIfNeeded: try number(at: place, byteCount: 3))
            return (3, Int64(Int32(bitPattern: bits << 8) >> 8))
        case 0xfe: return (1, Int64(Int8(truncatingIfNeeded: try number(at: place, byteCount: 1))))
        case 0xf1...0xfd: return (0, Int64(head & 0x0f) - 1)
        default: throw .corrupt
        }
    }

    // MARK: Zipmaps

    /// A field, or the value behind it.
    @_lifetime(copy self)
    private mutating func nextOfZipmap() throws(RDBReadError) -> RawSpan {
        var place = offset + 1
        var byteCount = Int(bytes[offset])
        if byteCount == 254 {
            byteCount = Int(try number(at: place, byteCount: 4))
            place += 4
        }
        guard bytes[offset] != Self.end else { throw .corrupt }
        let isValue = count % 2 == 0
        var unused = 0
        if isValue {
            unused = Int(try part(from: place, count: 1)[0])
            place += 1
        }
        let text = try part(from: place, count: byteCount)
        _ = try part(from: place, count: byteCount + unused)
        offset = place + byteCount + unused
        return text
    }
}

/// A set of integers as Redis keeps and dumps it: how many bytes an integer has (2, 4 or 8), how many there are, each
/// in four bytes, and the integers in rising order; all little-endian.
struct IntsetReader: ~Escapable {
    private let bytes: RawSpan
    private let width: Int
    let count: Int

    private static let headByteCount = 8

    /// Throws `corrupt` unless the bytes are a set of at least one member. Reads all of them.
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan) throws(RDBReadError) {
        guard bytes.byteCount > Self.headByteCount else { throw .corrupt }
        self.bytes = bytes
        width = Int(UInt32(littleEndian: bytes.load(UInt32.self, at: 0)))
        count = Int(UInt32(littleEndian: bytes.load(UInt32.self, at: 4)))
        guard width == 2 || width == 4 || width == 8, bytes.byteCount == Self.headByteCount + count * width else {
            throw .corrupt
        }
        for index in 1..<max(1, count) where self[index - 1] >= self[index] { throw .corrupt }
    }

    subscript(index: Int) -> Int64 {
        let place = Self.headByteCount + index * width
        return switch width {
        case 2: Int64(Int16(littleEndian: bytes.load(Int16.self, at: place)))
        case 4: Int64(Int32(littleEndian: bytes.load(Int32.self, at: place)))
        default: Int64(littleEndian: bytes.load(Int64.self, at: place))
        }
    }
}

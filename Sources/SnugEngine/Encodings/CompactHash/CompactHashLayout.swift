internal import SnugMemory

/// The byte format of a compact hash: the fields and values of a small hash in turn, in the order in which the fields
/// were added, and nothing else. Whoever keeps the bytes knows how many there are.
///
///     ┌───────┬───────┬───────┬───────┬─────┐      item  ┌──────┬───────────────┐
///     │ field │ value │ field │ value │  …  │            │ head │ what it says  │      all numbers little-endian
///     └───────┴───────┴───────┴───────┴─────┘            └──────┴───────────────┘
///
///     head                                       fields and values
///     0x00 … 0x3f  n bytes                       text of 0 … 63 bytes
///     0x40 … 0x6f  low:8                         integer -2048 … 10239, counted from -2048, high bits in the head
///     0x70 … 0x76  2 … 8 bytes                   integer, signed
///     0x77 … 0x7a  n:8, 16, 32 or 64, 64 + n bytes     text
///     0x7d … 0x7f                                nothing begins so; as the first byte, like 0x7c, a value of another
///                                                type (`CompactType`)
///
///                                                fields alone
///     0x80 … 0xdf                                name 0 … 95
///     0xe0 … 0xef  low:8                         name 96 … 4191, counted from 96, high bits in the head
///
///                                                before a field
///     0xf0 … 0xff  low:32                        the pair expires so many milliseconds behind `Vocabulary.expiryBase`,
///                                                high bits in the head
///     0x7b         time:64                       the pair expires at this time, milliseconds since 1970
///     0x7c                                       the pair expires when the one before it does
///
///                                                values alone
///     0x80 … 0xff                                integer 0 … 127
///
/// A name is a number in an `InternTable`, where the names of fields that recur are kept once.
/// `HSET user:1 name u123456 email u123456@example.com age 45` is 32 bytes when its names are interned and 44 when not;
/// a listpack of the same has 57.
///
/// Invariants:
/// - I1: items follow each other without gaps from the first byte to the last, fields and values in turn.
/// - I2: a text that is an `Int64` in canonical decimal form is an integer, and is not interned.
/// - I3: an item has the shortest form there is, so that equal items that are no names have equal bytes.
/// - I4: a hash has a field once, be it as a text or as a name.
/// - I5: each name in a hash is one use in the table. A field may be a text although its name is interned, when that
///   came later; a name that is not interned is a text wherever it is.
/// - I6: pairs that expire come before the others, in the order of their times.
///
/// I1 to I3 hold because `CompactHashItem` alone makes items, I4 to I6 because `CompactHash` alone puts them in and
/// takes them out. Readers check each access against the bytes, so that a broken invariant stops the process instead of
/// reading past them.
///
/// Costs: finding a field is a walk over heads, which hashes the field once to get its number and compares texts only
/// where their lengths agree. There are no back lengths and no count: hashes of this size are walked from the front.
/// Heads of fields and values are one code but for the upper half, where a value has what values often are and a field
/// what fields often are.
enum CompactHashLayout {
    /// Texts of fewer bytes than this have their length in the head; a longer one's says how many more it has.
    static let longTextByteCount = 64
    static let shortIntegerHead: UInt8 = 0x40
    static let shortIntegers: ClosedRange<Int64> = -2048...10239
    static let wideIntegerHead: UInt8 = 0x70
    static let wideIntegerByteCountMin = 2
    static let longTextHead: UInt8 = 0x77
    /// From here on a head is a field's name or a value's integer.
    static let upperHead: UInt8 = 0x80
    static let smallIntegers: ClosedRange<Int64> = 0...127
    static let wideNameHead: UInt8 = 0xe0
    /// Names below this number take one byte.
    static let wideNameMin = 96
    /// Names from this number on have no form: such fields stay texts.
    static let nameLimit = 96 + 4096
    /// A time counted from the base, in 36 bits.
    static let expiryHead: UInt8 = 0xf0
    static let expiryDistanceMax: Int64 = 1 << 36 - 1
    /// A time in 64 bits.
    static let wideExpiryHead: UInt8 = 0x7b
    static let sameExpiryHead: UInt8 = 0x7c

    // MARK: Lengths

    /// Bytes of the field at `offset`.
    @inline(__always)
    static func fieldByteCount(in bytes: RawSpan, at offset: Int) -> Int {
        let head = bytes[offset]
        if head >= upperHead {
            precondition(head < expiryHead, "no field begins so")
            return head < wideNameHead ? 1 : 2
        }
        return literalByteCount(head, in: bytes, at: offset)
    }

    /// Bytes of the value at `offset`.
    @inline(__always)
    static func valueByteCount(in bytes: RawSpan, at offset: Int) -> Int {
        let head = bytes[offset]
        if head >= upperHead { return 1 }
        return literalByteCount(head, in: bytes, at: offset)
    }

    /// Bytes of the item at `offset`, whose head is in the lower half.
    @inline(__always)
    private static func literalByteCount(_ head: UInt8, in bytes: RawSpan, at offset: Int) -> Int {
        if head < shortIntegerHead { return 1 + Int(head) }
        if head < wideIntegerHead { return 2 }
        if head < longTextHead { return 1 + wideIntegerByteCount(head) }
        return 1 + lengthByteCount(head) + longTextByteCount(head, in: bytes, at: offset)
    }

    @inline(__always)
    private static func wideIntegerByteCount(_ head: UInt8) -> Int {
        Int(head - wideIntegerHead) + wideIntegerByteCountMin
    }

    /// Bytes of the length behind the head of a long text: 1, 2, 4 or 8.
    @inline(__always)
    private static func lengthByteCount(_ head: UInt8) -> Int {
        precondition(head < longTextHead + 4, "no item begins so")
        return 1 << Int(head - longTextHead)
    }

    private static func longTextByteCount(_ head: UInt8, in bytes: RawSpan, at offset: Int) -> Int {
        longTextByteCount + Int(word(in: bytes, at: offset + 1, byteCount: lengthByteCount(head)))
    }

    /// Bytes of the time before the field of the pair at `offset`, 0 when it does not expire.
    @inline(__always)
    static func expiryByteCount(in bytes: RawSpan, at offset: Int) -> Int {
        let head = bytes[offset]
        if head >= expiryHead { return 5 }
        return head == wideExpiryHead ? 9 : head == sameExpiryHead ? 1 : 0
    }

    // MARK: Contents

    /// When the pair at `offset` expires, or nil. `former` is when the one before it does, of use when that is the
    /// same.
    static func expiry(in bytes: RawSpan, at offset: Int, base: Int64, former: Int64?) -> Int64? {
        let head = bytes[offset]
        if head >= expiryHead {
            let low = Int64(word(in: bytes, at: offset + 1, byteCount: 4))
            return base + (Int64(head - expiryHead) << 32 | low)
        }
        guard head == wideExpiryHead else { return head == sameExpiryHead ? former : nil }
        return Int64(bitPattern: word(in: bytes, at: offset + 1, byteCount: 8))
    }

    /// The number of the name at `offset`, or nil when the field there is no name.
    @inline(__always)
    static func name(in bytes: RawSpan, at offset: Int) -> Int? {
        let head = bytes[offset]
        if head < upperHead { return nil }
        if head < wideNameHead { return Int(head - upperHead) }
        return wideNameMin + (Int(head - wideNameHead) << 8 | Int(bytes[offset + 1]))
    }

    /// The value at `offset`.
    @inline(__always) @_lifetime(copy bytes)
    static func value(in bytes: RawSpan, at offset: Int) -> StringValue {
        let head = bytes[offset]
        return head >= upperHead ? .integer(Int64(head - upperHead)) : literal(in: bytes, at: offset)
    }

    /// The text or integer at `offset`, where the head must be in the lower half.
    @_lifetime(copy bytes)
    static func literal(in bytes: RawSpan, at offset: Int) -> StringValue {
        let head = bytes[offset]
        if head < shortIntegerHead { return .bytes(bytes.slice(from: offset + 1, count: Int(head))) }
        if head < wideIntegerHead {
            let distance = Int64(head - shortIntegerHead) << 8 | Int64(bytes[offset + 1])
            return .integer(shortIntegers.lowerBound + distance)
        }
        if head < longTextHead { return .integer(wideInteger(head, in: bytes, at: offset)) }
        let start = offset + 1 + lengthByteCount(head)
        return .bytes(bytes.slice(from: start, count: longTextByteCount(head, in: bytes, at: offset)))
    }

    private static func wideInteger(_ head: UInt8, in bytes: RawSpan, at offset: Int) -> Int64 {
        let byteCount = wideIntegerByteCount(head)
        let unused = Int64(64 - 8 * byteCount)
        let bits = word(in: bytes, at: offset + 1, byteCount: byteCount)
        return (Int64(bitPattern: bits) << unused) >> unused
    }

    /// The number in `byteCount` bytes, at most eight.
    static func word(in bytes: RawSpan, at offset: Int, byteCount: Int) -> UInt64 {
        byteCount == 8
            ? UInt64(littleEndian: bytes.load(UInt64.self, at: offset))
            : bytes.slice(from: offset, count: byteCount).lastWord(from: 0)
    }
}

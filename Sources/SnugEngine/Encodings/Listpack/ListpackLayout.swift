internal import SnugMemory

/// The byte format of listpacks, as Redis 7 keeps and dumps them (S. Sanfilippo, "Listpack specification", 2017): a
/// sequence of strings and integers in one run of bytes that can be walked from both ends.
///
///     ┌─────────────┬──────────────┬─────────┬─────────┬─────┬──────┐
///     │ total bytes │ elements     │ element │ element │  …  │ 0xFF │      all numbers little-endian
///     │ 4           │ 2, or 65535  │         │         │     │ 1    │
///     └─────────────┴──────────────┴─────────┴─────────┴─────┴──────┘
///
///     element  ┌──────────┬───────────────────────────────┐
///              │ encoding │ back length, 1 to 5 bytes     │
///              └──────────┴───────────────────────────────┘
///
///     encoding 0nnnnnnn                              integer 0 … 127
///              10nnnnnn  n bytes                     string of 0 … 63 bytes
///              110nnnnn nnnnnnnn                     integer -4096 … 4095
///              1110nnnn nnnnnnnn  n bytes            string of up to 4095 bytes, high bits first
///              11110000 n:32  n bytes                string
///              11110001 n:16                         integer of 16 bits
///              11110010 n:24                         integer of 24 bits
///              11110011 n:32                         integer of 32 bits
///              11110100 n:64                         integer of 64 bits
///              11111111                              the end
///
/// The back length is how many bytes the encoding has, seven bits a byte. It is read from its last byte towards the
/// front; a set high bit says that another byte stands before. Its width follows Redis to the byte, also where Redis
/// spends one more than needed (at 16383, 2097151 and 268435455).
///
/// Invariants of a listpack that this code reads without checking again (`ListpackValidation` establishes them for
/// bytes from outside, `Listpack` keeps them):
/// - I1: the total is the number of bytes, at least 7; the last byte is 0xFF and no element reaches into it.
/// - I2: the count is that of the elements, or 65535, which says nothing.
/// - I3: each back length is that of its own encoding and has the width that `backLengthByteCount` gives.
///
/// What this code writes is also canonical: an element whose text is an `Int64` in canonical decimal form is stored as
/// an integer, in the shortest encoding. Readers do not rely on it.
enum ListpackLayout {
    static let headerByteCount = 6
    static let emptyByteCount = 7
    static let countOffset = 4
    /// A header's count from which on it says nothing.
    static let unknownCount = 65535
    static let end: UInt8 = 0xff
    /// Past this many bytes Redis adds nothing to a listpack.
    static let safeByteCountMax = 1 << 30

    /// Largest encodings whose back length has 1, 2, 3 and 4 bytes.
    private static let oneByteMax = 127
    private static let twoBytesMax = 16382
    private static let threeBytesMax = 2_097_150
    private static let fourBytesMax = 268_435_454

    /// Width of the back length behind an encoding of `byteCount` bytes.
    @inline(__always)
    static func backLengthByteCount(_ byteCount: Int) -> Int {
        if byteCount <= oneByteMax { return 1 }
        if byteCount <= twoBytesMax { return 2 }
        if byteCount <= threeBytesMax { return 3 }
        return byteCount <= fourBytesMax ? 4 : 5
    }

    /// Bytes of an element whose encoding has `byteCount`.
    @inline(__always)
    static func elementByteCount(ofEncoding byteCount: Int) -> Int {
        byteCount + backLengthByteCount(byteCount)
    }

    /// Bytes of the encoding of `value`, which must be an integer if it is one's text.
    static func encodingByteCount(of value: borrowing StringValue) -> Int {
        switch copy value {
        case .integer(let integer): encodingByteCount(ofInteger: integer)
        case .bytes(let bytes): stringHeadByteCount(bytes.byteCount) + bytes.byteCount
        }
    }

    @inline(__always)
    static func stringHeadByteCount(_ byteCount: Int) -> Int {
        byteCount < 64 ? 1 : byteCount < 4096 ? 2 : 5
    }

    static func encodingByteCount(ofInteger integer: Int64) -> Int {
        switch integer {
        case 0...127: 1
        case -4096...4095: 2
        case -32768...32767: 3
        case -(1 << 23)...(1 << 23) - 1: 4
        case Int64(Int32.min)...Int64(Int32.max): 5
        default: 9
        }
    }

    // MARK: Writing

    /// Writes the element of `value`, whose encoding has `byteCount` bytes, and returns the offset behind it.
    static func write(_ value: borrowing StringValue, _ byteCount: Int, to block: Block, at offset: Int) -> Int {
        switch copy value {
        case .integer(let integer): write(integer, byteCount, to: block, at: offset)
        case .bytes(let bytes): write(bytes, to: block, at: offset)
        }
        return writeBackLength(byteCount, to: block, at: offset + byteCount)
    }

    private static func write(_ integer: Int64, _ byteCount: Int, to block: Block, at offset: Int) {
        let bits = UInt64(bitPattern: integer)
        switch byteCount {
        case 1: block.store(UInt8(truncatingIfNeeded: bits), at: offset)
        case 2:
            block.store(0xc0 | UInt8(truncatingIfNeeded: bits >> 8) & 0x1f, at: offset)
            block.store(UInt8(truncatingIfNeeded: bits), at: offset + 1)
        case 3:
            block.store(0xf1 as UInt8, at: offset)
            block.store(UInt16(truncatingIfNeeded: bits).littleEndian, at: offset + 1)
        case 4:
            block.store(0xf2 as UInt8, at: offset)
            block.store(UInt16(truncatingIfNeeded: bits).littleEndian, at: offset + 1)
            block.store(UInt8(truncatingIfNeeded: bits >> 16), at: offset + 3)
        case 5:
            block.store(0xf3 as UInt8, at: offset)
            block.store(UInt32(truncatingIfNeeded: bits).littleEndian, at: offset + 1)
        default:
            block.store(0xf4 as UInt8, at: offset)
            block.store(bits.littleEndian, at: offset + 1)
        }
    }

    private static func write(_ bytes: RawSpan, to block: Block, at offset: Int) {
        let count = bytes.byteCount
        switch count {
        case 0..<64: block.store(0x80 | UInt8(count), at: offset)
        case 64..<4096:
            block.store(0xe0 | UInt8(count >> 8), at: offset)
            block.store(UInt8(truncatingIfNeeded: count), at: offset + 1)
        default:
            block.store(0xf0 as UInt8, at: offset)
            block.store(UInt32(count).littleEndian, at: offset + 1)
        }
        block.store(bytes, at: offset + stringHeadByteCount(count))
    }

    private static func writeBackLength(_ byteCount: Int, to block: Block, at offset: Int) -> Int {
        let width = backLengthByteCount(byteCount)
        var rest = byteCount
        var place = offset + width - 1
        while place >= offset {
            block.store(UInt8(truncatingIfNeeded: rest & 0x7f) | (place > offset ? 0x80 : 0), at: place)
            rest >>= 7
            place -= 1
        }
        return offset + width
    }
}

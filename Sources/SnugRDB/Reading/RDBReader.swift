package import SnugEngine
package import SnugMemory

/// Why bytes could not be read. Trivial, so that throwing allocates nothing.
package enum RDBReadError: UInt8, Error {
    /// The bytes end too early. Of a file that is still arriving, more may follow: what was read with the call that
    /// threw is to be read again.
    case incomplete
    /// The bytes are not of the format, or not a value that could be.
    case corrupt
}

/// Reads lengths, strings and numbers as RDB files and payloads hold them (`RDBLayout`), from bytes that somebody else
/// wrote. Trusts nothing: every length is checked against the bytes that are there, and memory is allocated in
/// proportion to them.
///
/// A call that throws `incomplete` has moved nothing, so a reader of a file reads element by element, and goes on with
/// the element that was cut off when it has more bytes.
package struct RDBReader: ~Escapable {
    private let bytes: RawSpan
    /// How many bytes have been read.
    package private(set) var offset = 0
    /// The longest string that is read, in bytes.
    private let stringByteCountMax: Int

    @_lifetime(copy bytes)
    package init(_ bytes: RawSpan, stringByteCountMax: Int) {
        self.bytes = bytes
        self.stringByteCountMax = stringByteCountMax
    }

    package var isAtEnd: Bool { offset == bytes.byteCount }

    /// How many bytes have not been read.
    private var left: Int { bytes.byteCount - offset }

    // MARK: Bytes

    package mutating func byte() throws(RDBReadError) -> UInt8 {
        guard left > 0 else { throw .incomplete }
        offset += 1
        return bytes[offset - 1]
    }

    /// The next `count` bytes.
    @_lifetime(copy self)
    package mutating func bytes(_ count: Int) throws(RDBReadError) -> RawSpan {
        guard count <= left else { throw .incomplete }
        let taken = bytes.slice(from: offset, count: count)
        offset += count
        return taken
    }

    /// Eight bytes, little-endian.
    package mutating func word() throws(RDBReadError) -> UInt64 {
        guard left >= 8 else { throw .incomplete }
        offset += 8
        return UInt64(littleEndian: bytes.load(UInt64.self, at: offset - 8))
    }

    /// A time in milliseconds since 1970.
    package mutating func milliseconds() throws(RDBReadError) -> Int64 {
        Int64(bitPattern: try word())
    }

    // MARK: Lengths

    /// A length or count, which says nothing about the bytes that are there. Throws `corrupt` beyond `Int.max`.
    package mutating func length() throws(RDBReadError) -> Int {
        guard let length = Int(exactly: try number()) else { throw .corrupt }
        return length
    }

    /// A number that is laid out as lengths are.
    package mutating func number() throws(RDBReadError) -> UInt64 {
        let start = offset
        let head = try byte()
        do { return try number(after: head) } catch {
            offset = start
            throw error
        }
    }

    /// A number whose first byte has been read.
    private mutating func number(after head: UInt8) throws(RDBReadError) -> UInt64 {
        switch head {
        case 0..<0x40: return UInt64(head)
        case 0x40..<0x80: return UInt64(head & 0x3f) << 8 + UInt64(try byte())
        case RDBLayout.thirtyTwoBits: return try bigEndian(4)
        case RDBLayout.sixtyFourBits: return try bigEndian(8)
        default: throw .corrupt
        }
    }

    private mutating func bigEndian(_ byteCount: Int) throws(RDBReadError) -> UInt64 {
        guard byteCount <= left else { throw .incomplete }
        var number: UInt64 = 0
        for _ in 0..<byteCount { number = number << 8 | UInt64(try byte()) }
        return number
    }

    private mutating func littleEndian(_ byteCount: Int) throws(RDBReadError) -> UInt64 {
        guard byteCount <= left else { throw .incomplete }
        var number: UInt64 = 0
        for index in 0..<byteCount { number |= UInt64(try byte()) << UInt64(index * 8) }
        return number
    }

    // MARK: Strings

    /// A string. One that lies in the bytes as it is is borrowed from them; one that is compressed is written into
    /// `buffer`, and lives until that is used again.
    @_lifetime(copy self, &buffer)
    package mutating func string(using buffer: inout GrowableBytes) throws(RDBReadError) -> StringValue {
        let start = offset
        let place: StringPlace
        do { place = try stringPlace() } catch {
            offset = start
            throw error
        }
        switch place {
        case .integer(let integer): return .integer(integer)
        case .plain(let from, let count): return .bytes(bytes.slice(from: from, count: count))
        case .compressed(let from, let count, let byteCount):
            buffer.truncate(to: 0)
            guard buffer.append(decompressing: bytes.slice(from: from, count: count), byteCount: byteCount) else {
                throw .corrupt
            }
            return .bytes(buffer.bytes)
        }
    }

    /// A string that holds a packed encoding: bytes, as they are or decompressed into `buffer`.
    @_lifetime(copy self, &buffer)
    package mutating func blob(using buffer: inout GrowableBytes) throws(RDBReadError) -> RawSpan {
        switch try string(using: &buffer) {
        case .integer: throw .corrupt
        case .bytes(let bytes): return bytes
        }
    }

    private enum StringPlace {
        case integer(Int64)
        case plain(from: Int, count: Int)
        case compressed(from: Int, count: Int, byteCount: Int)
    }

    /// Where the string that comes next lies, which is then behind.
    private mutating func stringPlace() throws(RDBReadError) -> StringPlace {
        let head = try byte()
        switch head {
        case RDBLayout.integer8: return .integer(Int64(Int8(truncatingIfNeeded: try littleEndian(1))))
        case RDBLayout.integer16: return .integer(Int64(Int16(truncatingIfNeeded: try littleEndian(2))))
        case RDBLayout.integer32: return .integer(Int64(Int32(truncatingIfNeeded: try littleEndian(4))))
        case RDBLayout.compressed:
            let count = try length()
            let byteCount = try length()
            guard byteCount <= stringByteCountMax else { throw .corrupt }
            return .compressed(from: try skip(count), count: count, byteCount: byteCount)
        default:
            guard let count = Int(exactly: try number(after: head)), count <= stringByteCountMax else { throw .corrupt }
            return .plain(from: try skip(count), count: count)
        }
    }

    /// Where the next `count` bytes begin, which are then behind.
    private mutating func skip(_ count: Int) throws(RDBReadError) -> Int {
        guard count <= left else { throw .incomplete }
        offset += count
        return offset - count
    }

    // MARK: Scores

    /// A score of eight bytes. Throws `corrupt` for what is no number.
    package mutating func binaryScore() throws(RDBReadError) -> Double {
        let score = Double(bitPattern: try word())
        guard !score.isNaN else { throw .corrupt }
        return score
    }

    /// A score of former versions: its length in a byte and its text, or a byte for an infinite one. Throws `corrupt`
    /// for what is no number.
    package mutating func textScore() throws(RDBReadError) -> Double {
        let count = try byte()
        switch count {
        case 255: return -.infinity
        case 254: return .infinity
        case 253: throw .corrupt
        default:
            guard Int(count) <= left else {
                offset -= 1
                throw .incomplete
            }
            guard let score = try bytes(Int(count)).double else { throw .corrupt }
            return score
        }
    }
}

internal import SnugMemory

/// A HyperLogLog: a string in Redis's form, byte for byte, so that it moves between servers by GET and SET. It
/// estimates how many different elements were added to it, from 16,384 registers of the highest rank met in each.
///
///     0      4   5       8                16
///     HYLL   e   0 0 0   cardinality ×8   registers …
///
///     e 0, dense    6 bits a register, from the lowest bit of the first byte on: 12,288 bytes
///     e 1, sparse   runs of equal registers, in their order, all of them:
///                       00nnnnnn              n + 1 zeros, 1 to 64
///                       01nnnnnn nnnnnnnn     n + 1 zeros, 1 to 16,384, high bits first
///                       1vvvvvnn              n + 1 registers of v + 1: 1 to 4 of 1 to 32
///
/// The cardinality is the estimate as of the last PFCOUNT, lowest byte first; the highest bit of its last byte says
/// that registers have changed since. A sparse one becomes dense when it would have more than `hll-sparse-max-bytes`,
/// header included, or a register above 32, and never goes back.
///
/// - I1: the magic, an encoding of 0 or 1, and of a dense one the length: `HyperLogLogLayout.encoding`, at every use.
/// - I2: the runs of a sparse one end with the bytes and make 16,384 registers: `SparseRegisters.isWhole`, before they
///   are read or changed.
///
/// An element's 64-bit hash (MurmurHash64A with a seed of Redis's) gives the register by its low 14 bits, and the rank
/// by the zeros at the low end of the other 50, one for none: 1 to 51.
package enum HyperLogLogLayout {
    static let headerByteCount = 16
    static let registerCount = 16_384
    static let indexBitCount = 14
    /// The highest rank that an element can have.
    static let rankMax = 51
    /// The most that six bits hold.
    static let registerMax = 63
    static let denseByteCount = headerByteCount + registerCount * 6 / 8

    static let magic: UInt32 = 0x4c4c_5948
    static let encodingOffset = 4
    static let cardinalityOffset = 8
    /// In the cardinality: registers have changed since.
    static let isStale: UInt64 = 1 << 63

    private static let seed: UInt64 = 0xadc8_3b19

    package enum Encoding: UInt8, Sendable {
        case dense = 0
        case sparse = 1
    }

    /// The encoding of a HyperLogLog with these bytes, or nil when they are not one's. Constant time: I1, not I2.
    package static func encoding(of bytes: RawSpan) -> Encoding? {
        guard bytes.byteCount >= headerByteCount, UInt32(littleEndian: bytes.load(UInt32.self, at: 0)) == magic,
            let encoding = Encoding(rawValue: bytes[encodingOffset])
        else { return nil }
        return encoding == .dense && bytes.byteCount != denseByteCount ? nil : encoding
    }

    /// The estimate that was noted, or nil when it is stale.
    static func cardinality(in bytes: RawSpan) -> UInt64? {
        let noted = UInt64(littleEndian: bytes.load(UInt64.self, at: cardinalityOffset))
        return noted & isStale == 0 ? noted : nil
    }

    /// The register of an element, and its rank.
    static func place(of element: RawSpan) -> (register: Int, rank: Int) {
        let hash = element.murmurHash(seed: seed)
        let rest = hash >> UInt64(indexBitCount) | 1 << UInt64(rankMax - 1)
        return (Int(hash & UInt64(registerCount - 1)), rest.trailingZeroBitCount + 1)
    }

    /// Appends the header of one without elements.
    static func appendHeader(_ encoding: Encoding, to bytes: inout GrowableBytes) {
        bytes.append(bytesOf: magic.littleEndian)
        bytes.append(low: 4, of: UInt64(encoding.rawValue))
        bytes.append(bytesOf: UInt64(0))
    }
}

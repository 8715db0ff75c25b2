internal import SnugMemory

/// The checksum of RDB files and payloads: CRC-64 with the polynomial of D. Jones (0xad93d23594c935a9), reflected,
/// begun with 0 and not inverted at the end. "123456789" has e9c6d914c4b8d9ca.
///
/// Eight bytes a step with eight tables: the table of k says what a byte comes to that k more bytes follow.
package struct CRC64: BitwiseCopyable, Sendable {
    /// The checksum of what has come so far.
    package private(set) var value: UInt64

    /// Begins, or goes on with the checksum of what came before.
    package init(continuing value: UInt64 = 0) {
        self.value = value
    }

    /// The checksum of some bytes.
    package init(of bytes: RawSpan) {
        self.init()
        update(bytes)
    }

    /// Adds bytes behind those that have come.
    package mutating func update(_ bytes: RawSpan) {
        let tables = Self.tables
        var checksum = value
        var offset = 0
        while bytes.byteCount - offset >= 8 {
            let word = checksum ^ UInt64(littleEndian: bytes.load(UInt64.self, at: offset))
            var next: UInt64 = 0
            for index in 0..<8 {
                next ^= tables[(7 &- index) &* 256 &+ Int(truncatingIfNeeded: word >> UInt64(index &* 8) & 0xff)]
            }
            checksum = next
            offset &+= 8
        }
        while offset < bytes.byteCount {
            checksum = tables[Int(truncatingIfNeeded: (checksum ^ UInt64(bytes[offset])) & 0xff)] ^ checksum >> 8
            offset &+= 1
        }
        value = checksum
    }

    /// The polynomial with its bits in reverse.
    private static let polynomial: UInt64 = 0x95ac_9329_ac4b_c9b5

    /// Eight tables of 256, one behind the other.
    private static let tables: [UInt64] = {
        var tables: [UInt64] = []
        tables.reserveCapacity(8 * 256)
        for byte in 0..<256 {
            var checksum = UInt64(byte)
            for _ in 0..<8 { checksum = checksum & 1 == 1 ? checksum >> 1 ^ polynomial : checksum >> 1 }
            tables.append(checksum)
        }
        for index in 256..<8 * 256 {
            let former = tables[index - 256]
            tables.append(tables[Int(former & 0xff)] ^ former >> 8)
        }
        return tables
    }()
}

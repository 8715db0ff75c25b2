import SnugMemory
import Testing

@testable import SnugRDB

@Suite struct CRC64Tests {
    @Test func knownVector() {
        let digits = Array("123456789".utf8)
        let none: [UInt8] = []
        #expect(CRC64(of: digits.rawBytes).value == 0xe9c6_d914_c4b8_d9ca)
        #expect(CRC64(of: none.rawBytes).value == 0)
    }

    @Test func partsGiveWhatTheWholeGives() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 3) }
        let whole = CRC64(of: bytes.rawBytes).value
        #expect(whole == bitByBit(bytes))
        for cut in [0, 1, 7, 8, 9, 500, 993, 1000] {
            var checksum = CRC64(of: bytes.rawBytes.extracting(first: cut))
            checksum = CRC64(continuing: checksum.value)
            checksum.update(bytes.rawBytes.extracting(droppingFirst: cut))
            #expect(checksum.value == whole)
        }
    }

    /// The definition, a bit at a time, with the polynomial as it is written.
    private func bitByBit(_ bytes: [UInt8]) -> UInt64 {
        var checksum: UInt64 = 0
        for byte in bytes {
            for bit in 0..<8 {
                let top = checksum >> 63 ^ UInt64(byte >> UInt8(bit) & 1)
                checksum <<= 1
                if top == 1 { checksum ^= 0xad93_d235_94c9_35a9 }
            }
        }
        var reversed: UInt64 = 0
        for bit in 0..<64 where checksum >> UInt64(bit) & 1 == 1 { reversed |= 1 << UInt64(63 - bit) }
        return reversed
    }
}

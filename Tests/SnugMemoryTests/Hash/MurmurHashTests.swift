import SnugMemory
import Testing

@Suite struct MurmurHashTests {
    /// MurmurHash64A once more, byte by byte.
    private static func plain(_ bytes: [UInt8], _ seed: UInt64) -> UInt64 {
        let factor: UInt64 = 0xc6a4_a793_5bd1_e995
        var hash = seed ^ (UInt64(bytes.count) &* factor)
        var rest = bytes[...]
        func word(_ part: ArraySlice<UInt8>) -> UInt64 { part.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
        while rest.count >= 8 {
            var value = word(rest.prefix(8)) &* factor
            value ^= value >> 47
            value = value &* factor
            hash ^= value
            hash = hash &* factor
            rest = rest.dropFirst(8)
        }
        if !rest.isEmpty {
            hash ^= word(rest)
            hash = hash &* factor
        }
        hash ^= hash >> 47
        hash = hash &* factor
        return hash ^ hash >> 47
    }

    @Test func everyLength() {
        let bytes = (0..<80).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }
        for count in 0...80 {
            for seed in [0, 0xadc8_3b19, UInt64.max] {
                let part = Array(bytes[..<count])
                #expect(part.rawBytes.murmurHash(seed: seed) == Self.plain(part, seed), "\(count) bytes")
            }
        }
    }
}

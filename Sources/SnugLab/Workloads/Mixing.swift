/// Chance that can be asked for by number: the same seed and index give the same 64 bits, in any order, so that a name
/// is made anew when it is read or removed instead of being kept. SplitMix64's finisher.
enum Mixing {
    static func bits(_ seed: UInt64, _ index: Int) -> UInt64 {
        var z = seed &+ (UInt64(bitPattern: Int64(index)) &+ 1) &* 0x9e37_79b9_7f4a_7c15
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// A number below `bound`.
    static func number(_ seed: UInt64, _ index: Int, below bound: Int) -> Int {
        Int(bits(seed, index).multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Where a name lies when it is put into buckets by hand, as an application would: FNV-1a.
    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var value: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return bits(value, 0)
    }
}

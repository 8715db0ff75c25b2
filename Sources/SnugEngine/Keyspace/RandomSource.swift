/// A small seeded generator (xoshiro256**, D. Blackman and S. Vigna 2018) for choices that need to be fair, not secret:
/// random keys, LFU counters. The seed is passed in, so that tests repeat.
package struct RandomSource: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    package init(seed: UInt64) {
        var filler = seed
        func word() -> UInt64 {
            filler &+= 0x9e37_79b9_7f4a_7c15
            var mixed = filler
            mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
            return mixed ^ mixed >> 31
        }
        state = (word(), word(), word(), word())
    }

    package mutating func next() -> UInt64 {
        let scrambled = state.1 &* 5
        let result = (scrambled << 7 | scrambled >> 57) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = state.3 << 45 | state.3 >> 19
        return result
    }

    /// Another generator, for drawing while this one's owner is borrowed.
    package mutating func split() -> RandomSource {
        RandomSource(seed: next())
    }

    /// A number in `0..<bound`; `bound` is above 0. Its bias is below 2^-32 for bounds below 2^32.
    package mutating func next(below bound: UInt64) -> UInt64 {
        next().multipliedFullWidth(by: bound).high
    }
}

/// A number that is different for different ones, and looks random: the finaliser of SplitMix64.
func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number &+ 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
}

/// Uniformly random numbers, the same for the same seed.
struct Random {
    private var state: UInt64

    init(seed: UInt64) { state = mixed(seed) }

    /// A number in 0 ..< bound.
    mutating func next(below bound: Int) -> Int {
        state &+= 1
        return Int(truncatingIfNeeded: mixed(state).multipliedFullWidth(by: UInt64(bound)).high)
    }
}

/// Each number of 0 ..< count once, in an order that looks random and takes no memory.
///
/// Steps that can be undone (multiplying by an odd number, shifting down and adding without carry) shuffle the numbers
/// below the next power of two; one that lands at `count` or above is shuffled on until it does not, at most one more
/// time on average.
struct Permutation {
    let count: Int
    private let mask: UInt64
    private let shift: UInt64
    private let seed: UInt64

    init(count: Int, seed: UInt64) {
        self.count = count
        let bits = max(2, UInt64.bitWidth - UInt64(count - 1).leadingZeroBitCount)
        mask = (1 << UInt64(bits)) - 1
        shift = UInt64(bits + 1) / 2
        self.seed = mixed(seed)
    }

    subscript(place: Int) -> Int {
        var number = UInt64(place)
        repeat { number = shuffled(number) } while number >= UInt64(count)
        return Int(number)
    }

    private func shuffled(_ number: UInt64) -> UInt64 {
        var number = (number &+ seed) & mask
        number = (number ^ number >> shift) &* 0xbf58_476d_1ce4_e5b9 & mask
        number = (number ^ number >> shift) &* 0x94d0_49bb_1331_11eb & mask
        return number ^ number >> shift
    }
}

/// Which number the next request is about.
enum NumberSource {
    case random(Random, count: Int)
    case each(Permutation, done: Int)

    mutating func next() -> Int {
        switch self {
        case .random(var random, let count):
            let number = random.next(below: count)
            self = .random(random, count: count)
            return number
        case .each(let permutation, let done):
            self = .each(permutation, done: done + 1)
            return permutation[done]
        }
    }
}

/// The steps of a histogram of counts: two to each doubling, so that powers of two, which limits mostly are, end one.
///
///     step    0   1   2   3   4      5      6       7        …   16         17         …   30             31
///     counts  ≤1  2   3   4   5-6    7-8    9-12    13-16    …   257-384    385-512    …   32769-49152    more
enum HistogramStep {
    static let count = 32

    /// The step of a count, which is not negative. Constant time.
    @inline(__always)
    static func step(of count: Int) -> Int {
        guard count > 2 else { return max(count, 1) &- 1 }
        let below = count &- 1
        let doubling = 63 &- below.leadingZeroBitCount
        return min(2 &* doubling &+ (below &>> (doubling &- 1) & 1), Self.count &- 1)
    }

    /// The largest count of a step, nil for the last one, which has no end.
    static func largest(of step: Int) -> Int? {
        guard step < count - 1 else { return nil }
        guard step > 1 else { return step + 1 }
        let doubling = step >> 1
        return step & 1 == 0 ? 3 << (doubling - 1) : 2 << doubling
    }
}

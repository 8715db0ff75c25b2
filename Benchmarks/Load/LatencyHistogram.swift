/// Counts durations in nanoseconds, each in a bucket whose bounds lie within 0.8% of it.
///
///     below 256 ns    one bucket for each nanosecond
///     above           128 buckets for each doubling: the seven bits behind the highest one choose
///
/// Takes 60 KB whatever is counted.
struct LatencyHistogram {
    private static let subBits = 7
    private var buckets = [Int](repeating: 0, count: 58 << Self.subBits)
    private(set) var count = 0
    private(set) var nanosecondsMax = 0

    mutating func add(nanoseconds: Int) {
        let duration = max(0, nanoseconds)
        buckets[Self.bucket(of: duration)] += 1
        count += 1
        nanosecondsMax = max(nanosecondsMax, duration)
    }

    /// The duration that the given share of all do not exceed, as the upper bound of its bucket.
    func microseconds(quantile: Double) -> Double {
        let rank = max(1, Int((Double(count) * quantile).rounded(.up)))
        var seen = 0
        for bucket in buckets.indices {
            seen += buckets[bucket]
            if seen >= rank { return Double(min(Self.upperBound(of: bucket), nanosecondsMax)) / 1000 }
        }
        return 0
    }

    private static func bucket(of duration: Int) -> Int {
        let shift = max(0, Int.bitWidth - duration.leadingZeroBitCount - subBits - 1)
        return (shift << subBits) + (duration >> shift)
    }

    private static func upperBound(of bucket: Int) -> Int {
        let shift = max(0, (bucket >> subBits) - 1)
        return ((bucket - (shift << subBits) + 1) << shift) - 1
    }
}

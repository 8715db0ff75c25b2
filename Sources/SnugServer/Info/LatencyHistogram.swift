/// How often a command took how long: counts by nanoseconds, each octave cut into 32 steps, so that a figure read back
/// is at most 3.2% above what was recorded. From one nanosecond to one second; longer counts as one second.
///
///     index    0 … 31      32 … 63      64 … 95     …
///     values   0 … 31      32 … 63      64 … 127    …      one step is 1, 1, 2, 4, … nanoseconds
///
/// The counts are allocated with the first recording (6.9 KB) and never again: commands that nobody calls cost a word.
package struct LatencyHistogram: Sendable {
    private static let stepBits: UInt64 = 5
    private static let steps = 1 << Int(stepBits)
    /// One second, in nanoseconds.
    static let longest: UInt64 = 1_000_000_000
    private static let bucketCount = index(of: longest) + 1

    private var counts: [UInt64] = []
    /// How many durations have been recorded.
    package private(set) var total: UInt64 = 0

    package init() {}

    /// Bytes that the counts take.
    package var byteCount: Int { counts.isEmpty ? 0 : 32 + counts.capacity * MemoryLayout<UInt64>.stride }

    /// Counts a duration. A handful of instructions; negative durations of a clock that jumped count as 0.
    @inline(__always)
    package mutating func record(nanoseconds: Int64) {
        if counts.isEmpty { counts = Array(repeating: 0, count: Self.bucketCount) }
        counts[Self.index(of: min(UInt64(max(nanoseconds, 0)), Self.longest))] &+= 1
        total &+= 1
    }

    /// The bucket of a duration.
    @inline(__always)
    static func index(of value: UInt64) -> Int {
        guard value >= UInt64(steps) else { return Int(value) }
        let octave = 63 - UInt64(value.leadingZeroBitCount) - stepBits
        return Int(octave << stepBits + value >> octave)
    }

    /// The longest duration that the bucket counts.
    static func upperBound(of index: Int) -> UInt64 {
        guard index >= 2 * steps else { return UInt64(index) }
        let octave = UInt64(index / steps - 1)
        let first = UInt64(index % steps + steps) << octave
        return first + (1 << octave) - 1
    }

    /// The duration in nanoseconds that `percentile` percent (0 to 100) of the recorded ones do not exceed; 0 when
    /// nothing was recorded. One step per bucket.
    package func nanoseconds(atPercentile percentile: Double) -> UInt64 {
        guard total > 0 else { return 0 }
        let share = min(max(percentile, 0), 100) / 100
        let wanted = max(UInt64((share * Double(total)).rounded(.up)), 1)
        var seen: UInt64 = 0
        for (index, count) in counts.enumerated() where count > 0 {
            seen += count
            if seen >= wanted { return Self.upperBound(of: index) }
        }
        return Self.longest
    }

    /// Cumulative counts up to 1.024 µs and its doublings, as LATENCY HISTOGRAM shows them: a pair where the count
    /// grew, up to the one that holds all. The bounds are whole microseconds and a 128th above the doubling, as
    /// HdrHistogram with two digits rounds them.
    package func cumulativeMicroseconds() -> [(microseconds: UInt64, count: UInt64)] {
        var pairs: [(microseconds: UInt64, count: UInt64)] = []
        var seen: UInt64 = 0
        var index = 0
        var bound: UInt64 = 1024
        while index < counts.count {
            var sum = seen
            while index < counts.count && Self.upperBound(of: index) <= bound {
                sum += counts[index]
                index += 1
            }
            if bound > Self.longest {
                while index < counts.count {
                    sum += counts[index]
                    index += 1
                }
            }
            if sum > seen { pairs.append(((bound + bound / 128 - 1) / 1000, sum)) }
            seen = sum
            bound *= 2
        }
        return pairs
    }
}

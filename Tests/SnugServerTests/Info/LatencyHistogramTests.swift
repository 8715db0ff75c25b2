import Testing

@testable import SnugServer

/// The histogram beside a sorted list of what was recorded.
@Suite struct LatencyHistogramTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func percentilesAreWithinABucketOfASortedModel(seed: UInt64) {
        var random = Generator(state: seed)
        var histogram = LatencyHistogram()
        var model: [Int64] = []
        for _ in 0..<5000 {
            // Spread over all orders of magnitude up to a second.
            let bits = random.next() % 30
            let value = Int64(random.next() & (1 << (bits + 1) - 1))
            let bounded = min(value, Int64(LatencyHistogram.longest))
            histogram.record(nanoseconds: bounded)
            model.append(bounded)
        }
        model.sort()
        for percentile in [0, 0.1, 10, 50, 90, 99, 99.9, 100] {
            let rank = max(Int((percentile / 100 * Double(model.count)).rounded(.up)), 1)
            let exact = UInt64(model[rank - 1])
            let found = histogram.nanoseconds(atPercentile: percentile)
            #expect(
                found >= exact && found <= exact + exact / 31 + 1, "seed \(seed), p\(percentile): \(found), \(exact)")
        }
    }

    @Test func bucketsFollowOneAnother() {
        var previous: UInt64?
        for index in 0...LatencyHistogram.index(of: LatencyHistogram.longest) {
            let bound = LatencyHistogram.upperBound(of: index)
            #expect(LatencyHistogram.index(of: bound) == index)
            if let previous { #expect(LatencyHistogram.index(of: previous + 1) == index) }
            previous = bound
        }
    }

    @Test func valuesOutOfRangeAreBounded() {
        var histogram = LatencyHistogram()
        for value in [Int64.min, -1, 0, Int64.max] { histogram.record(nanoseconds: value) }
        #expect(histogram.total == 4)
        #expect(histogram.nanoseconds(atPercentile: 50) == 0)
        #expect(histogram.nanoseconds(atPercentile: 100) >= LatencyHistogram.longest)
        #expect(LatencyHistogram().nanoseconds(atPercentile: 50) == 0)
    }

    @Test func cumulativeCountsGrowToTheTotal() {
        var histogram = LatencyHistogram()
        for value in [500, 900, 5000, 40_000, 40_001, 999_999_999, 2_000_000_000] as [Int64] {
            histogram.record(nanoseconds: value)
        }
        let pairs = histogram.cumulativeMicroseconds()
        #expect(pairs.map(\.count) == [2, 3, 5, 7])
        #expect(pairs.map(\.microseconds) == [1, 8, 66, 1_082_130])
    }
}

/// A small generator whose seed a failing test prints (SplitMix64, public domain).
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}

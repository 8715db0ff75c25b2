import Testing

@testable import SnugLab

@Suite struct StatisticsTests {
    @Test func theMiddleIsTheMedian() {
        #expect(Summary([]) == nil)
        #expect(Summary([3]) == Summary(middle: 3, low: 3, high: 3))
        #expect(Summary([5, 1, 3]) == Summary(middle: 3, low: 1, high: 5))
        #expect(Summary([4, 1, 2, 3]) == Summary(middle: 2.5, low: 1, high: 4))
    }

    @Test func percentilesAreSamples() {
        let samples = (1...100).map(Double.init).shuffled()
        #expect(Percentile.of(samples, percent: 50) == 50)
        #expect(Percentile.of(samples, percent: 99) == 99)
        #expect(Percentile.of(samples, percent: 100) == 100)
        #expect(Percentile.of([7], percent: 99) == 7)
        #expect(Percentile.of([], percent: 99) == 0)
    }

    @Test func resultsAreFoundByServerSeriesAndPlace() {
        var results = ResultSet(servers: ["a", "b"])
        for (server, value) in [("a", 10.0), ("a", 30), ("b", 50)] {
            results.append(
                Sample(
                    server: server, experiment: .buckets, series: "hashes", x: 512, label: "512", repetition: 1,
                    itemCount: 10, encoding: "listpack", figures: [.usedBytes: value]))
        }
        #expect(results.summary("a", "hashes", 512, .usedBytes) == Summary(middle: 20, low: 10, high: 30))
        #expect(results.perItem("b", "hashes", 512, .usedBytes)?.middle == 5)
        #expect(results.summary("b", "hashes", 513, .usedBytes) == nil)
        #expect(results.summary("b", "hashes", 512, .residentBytes) == nil)
        #expect(results.of(.proof).samples.isEmpty && results.of(.buckets).places().map(\.label) == ["512"])
    }
}

import SnugClient
import Testing

@testable import SnugLab

@Suite struct WorkloadTests {
    private func text(_ build: (inout CommandBuffer) -> Void) -> String {
        var output = CommandBuffer()
        build(&output)
        let lines = String(decoding: output.bytes, as: UTF8.self).split(separator: "\r\n")
        return lines.filter { $0.first != "*" && $0.first != "$" }.joined(separator: " ")
    }

    private func workload(_ layout: Workload.Layout, _ names: Names, _ values: Values, _ count: Int) -> Workload {
        Workload(layout: layout, names: names, values: values, itemCount: count, seed: 42)
    }

    @Test func flagsAreTheSecondArticles() {
        let plain = workload(.plain, .flag, .flag, 100)
        #expect(text { plain.store(6, &$0) } == "SET user:7:blocked 1")
        #expect(text { plain.store(0, &$0) } == "SET user:1:blocked 0")
        let buckets = workload(.buckets(fieldCount: 1000), .flag, .flag, 2000)
        #expect(text { buckets.store(999, &$0) } == "HSET user:blocked:0 1000 0")
        #expect(text { buckets.fetch(1000, &$0) } == "HGET user:blocked:1 1001")
    }

    @Test func numbersAreTheFirstArticles() {
        let buckets = workload(.buckets(fieldCount: 1000), .number, .small, 2_000_000)
        #expect(text { buckets.store(1_155_315, &$0) } == "HSET 1155 1155315 45")
        let padded = workload(.plain, .padded, .small, 10)
        #expect(text { padded.fetch(7, &$0) } == "GET 000000000007")
    }

    @Test(arguments: Names.allCases, [Workload.Layout.plain, .buckets(fieldCount: 7), .buckets(fieldCount: 400)])
    func everyKeyThatIsWrittenIsRemoved(names: Names, layout: Workload.Layout) {
        let workload = workload(layout, names, .small, 3000)
        var written: Set<Substring> = []
        for item in 0..<3000 { written.insert(text { workload.store(item, &$0) }.split(separator: " ")[1]) }
        let removed = Set(text { workload.remove(0..<workload.keyCount, &$0) }.split(separator: " ").dropFirst())
        #expect(written.isSubset(of: removed))
        #expect(removed.count == workload.keyCount)
        if names.isNumeric { #expect(written == removed) }
    }

    @Test(arguments: Names.allCases)
    func namesAreDistinctAndTheSameEachTime(names: Names) {
        var seen: Set<[UInt8]> = []
        for index in 0..<20_000 {
            var first: [UInt8] = []
            var second: [UInt8] = []
            names.append(index, seed: 7, to: &first)
            names.append(index, seed: 7, to: &second)
            #expect(first == second)
            seen.insert(first)
        }
        #expect(seen.count == 20_000)
    }

    @Test func uuidsLookAsTheyShould() {
        for index in 0..<1000 {
            var bytes: [UInt8] = []
            Names.uuid.append(index, seed: 3, to: &bytes)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        }
    }

    /// An uneven spread must not push a hash over 512 fields.
    @Test func bucketsByHashStayBelowTheLimit() {
        let workload = workload(.buckets(fieldCount: 400), .uuid, .small, 200_000)
        var counts: [Substring: Int] = [:]
        for item in 0..<200_000 {
            counts[text { workload.fetch(item, &$0) }.split(separator: " ")[1], default: 0] += 1
        }
        #expect(counts.count == 500)
        #expect((counts.values.max() ?? 0) <= 512)
    }

    @Test(arguments: [1, 2, 63, 64, 65, 200])
    func valuesHaveTheirLengthAndAreNoNumbers(byteCount: Int) {
        for index in 0..<500 {
            var bytes: [UInt8] = []
            Values.text(byteCount: byteCount).append(index, seed: 1, to: &bytes)
            #expect(bytes.count == byteCount)
            #expect(Int(String(decoding: bytes, as: UTF8.self)) == nil)
        }
    }

    @Test(arguments: [Workload.Layout.plain, .buckets(fieldCount: 17)], [Values.flag, .small, .text(byteCount: 9)])
    func linesLeadBack(layout: Workload.Layout, values: Values) {
        for names in Names.allCases {
            let workload = workload(layout, names, values, 77)
            #expect(Workload(line: workload.line) == workload)
        }
    }

    @Test(arguments: [
        "", "plain", "buckets:0 flag flag 1 1", "plain flag flag 0 1", "x flag flag 1 1", "plain x flag 1 1",
    ])
    func linesThatMakeNoSenseAreRefused(line: String) {
        #expect(Workload(line: line) == nil)
    }

    @Test func randomItemsAreItemsAndSpread() {
        let workload = workload(.plain, .number, .small, 100)
        let items = (0..<10_000).map(workload.randomItem)
        #expect(items.allSatisfy { (0..<100).contains($0) })
        #expect(Set(items).count == 100)
    }
}

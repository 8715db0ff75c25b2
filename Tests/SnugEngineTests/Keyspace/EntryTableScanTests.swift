import SnugMemory
import Testing

@testable import SnugEngine

/// What SCAN promises: a key that is there throughout is shown, whatever else comes and goes between the calls.
@Suite struct EntryTableScanTests {
    /// Scans a table whose other keys change between calls, and returns what was shown.
    private func scan(
        _ numbers: inout NumberTable, minimumCount: Int, _ change: (inout NumberTable, _ call: Int) -> Void
    ) -> Set<Int> {
        var shown: Set<Int> = []
        var cursor: UInt64 = 0
        var calls = 0
        repeat {
            cursor = numbers.table.scan(from: cursor, minimumCount: minimumCount) { shown.insert(Int($0.word)) }
            calls += 1
            change(&numbers, calls)
        } while cursor != 0 && calls < 200_000
        #expect(calls < 200_000)
        return shown
    }

    @Test(arguments: TestHash.allCases, [1, 7, 100])
    func showsEveryKeyOfAStillTable(hash: TestHash, minimumCount: Int) {
        for count in [0, 1, 2, 3, 511, 512, 513, 1000, 1025] where count <= hash.reasonableCount {
            var numbers = NumberTable(hash)
            for number in 0..<count { numbers.insert(number) }
            var times = 0
            let shown = scan(&numbers, minimumCount: minimumCount) { _, _ in times += 1 }
            #expect(shown == Set(0..<count))
        }
    }

    /// Keys below 600 stay; as many above come and go as the table needs to grow and to shrink again.
    @Test(arguments: TestHash.allCases)
    func showsWhatStaysWhileTheTableGrowsAndShrinks(hash: TestHash) {
        let seed = newSeed()
        for round in 0..<8 {
            var random = RandomSource(seed: seed &+ UInt64(round))
            var numbers = NumberTable(hash)
            let staying = hash == .equal ? 50 : 600
            for number in 0..<staying { numbers.insert(number) }
            let most = hash.reasonableCount
            var coming = staying
            let step = 1 + Int(random.next(below: 900))
            let shown = scan(&numbers, minimumCount: 1 + Int(random.next(below: 40))) { numbers, _ in
                if random.next(below: 2) == 0 {
                    let end = min(most, coming + step)
                    while coming < end {
                        numbers.insert(coming)
                        coming += 1
                    }
                } else {
                    let end = max(staying, coming - step)
                    while coming > end {
                        coming -= 1
                        _ = numbers.remove(coming)
                    }
                }
            }
            #expect(shown.isSuperset(of: 0..<staying))
            numbers.table.audit()
        }
    }

    /// Every size up to 40 with one more or one fewer key after each call: small enough to try all beginnings.
    @Test func showsWhatStaysInEverySmallTable() {
        for size in 1...40 {
            for direction in [-1, 1] {
                var numbers = NumberTable(.counting)
                for number in 0..<size { numbers.insert(number) }
                for number in 100..<140 where direction < 0 { numbers.insert(number) }
                let shown = scan(&numbers, minimumCount: 1) { numbers, call in
                    if direction > 0 { numbers.insert(99 + call) } else if call <= 40 { _ = numbers.remove(99 + call) }
                }
                #expect(shown.isSuperset(of: 0..<size))
            }
        }
    }

    @Test func anyCursorIsHarmless() {
        var numbers = NumberTable(.keyed)
        for number in 0..<100 { numbers.insert(number) }
        for cursor in [1, 0xffff_ffff, 0x1_0000_0000, UInt64.max, 0xdead_beef_dead_beef] {
            var seen = 0
            _ = numbers.table.scan(from: cursor, minimumCount: 10) { _ in seen += 1 }
            #expect(seen <= 100)
        }
        var seen = 0
        let end = numbers.table.scan(from: 0, minimumCount: .max) { _ in seen += 1 }
        #expect(end == 0)
        #expect(seen == 100)
    }

    /// Each of the entries should come up about as often as any other; bounds of ten standard deviations.
    @Test(arguments: [1, 2, 5, 300])
    func drawsEntriesEvenly(count: Int) {
        var numbers = NumberTable(.keyed)
        for number in 0..<count * 3 { numbers.insert(number) }
        for number in count..<count * 3 { _ = numbers.remove(number) }
        var random = RandomSource(seed: newSeed())
        var drawn = [Int](repeating: 0, count: count)
        let expected = 200
        for _ in 0..<expected * count {
            if let entry = numbers.table.randomEntry(using: &random) { drawn[Int(entry.word)] += 1 }
        }
        for number in 0..<count { #expect(abs(drawn[number] - expected) <= 142) }
        #expect(drawn.reduce(0, +) == expected * count)
    }

    @Test func drawsFromLongChainsToo() {
        var numbers = NumberTable(.equal)
        for number in 0..<30 { numbers.insert(number) }
        var random = RandomSource(seed: 3)
        var drawn: Set<UInt64> = []
        for _ in 0..<2000 { drawn.insert(numbers.table.randomEntry(using: &random)?.word ?? 99) }
        #expect(drawn.count == 30)
    }
}

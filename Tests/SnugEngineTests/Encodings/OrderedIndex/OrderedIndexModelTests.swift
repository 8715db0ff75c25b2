import SnugMemory
import Testing

@testable import SnugEngine

/// How the scores and members of a test are drawn.
enum EntryMake: CaseIterable, Sendable {
    case leaderboard, fractions, extremes, equal, digits, mixed, long, falling

    func draw(_ number: Int, _ random: inout RandomSource) -> ModelEntry {
        let digits = bytes(String(random.next(below: 3000)))
        switch self {
        case .leaderboard:
            return ModelEntry(score: Double(random.next(below: 400)), member: bytes("player:") + digits)
        case .fractions:
            return ModelEntry(score: Double(random.next() >> 11) * 0x1p-53 - 0.5, member: digits)
        case .extremes:
            let scores = [
                -Double.infinity, -.greatestFiniteMagnitude, -1, -.leastNonzeroMagnitude, -0.0, 0,
                .leastNonzeroMagnitude, .leastNormalMagnitude, 0.1, 1, 2, 9_007_199_254_740_992, .infinity,
            ]
            return ModelEntry(score: scores[Int(random.next(below: UInt64(scores.count)))], member: digits)
        case .equal:
            return ModelEntry(score: 0, member: bytes(["", "a", "ab", "b:", "0"][number % 5]) + digits)
        case .digits:
            return ModelEntry(score: Double(random.next(below: 3)), member: digits)
        case .mixed: return ModelEntry(score: Double(Int64(random.next(below: 40))) - 20, member: drawWord(&random))
        case .long:
            let count = [0, 1, 253, 254, 255, 256, 300, 2000][Int(random.next(below: 8))]
            let front = [UInt8](repeating: 120, count: Int(random.next(below: 2)) * 254)
            return ModelEntry(
                score: Double(random.next(below: 4)), member: front + drawBytes(count: count, &random))
        case .falling:
            return ModelEntry(score: Double(10_000 - number), member: digits)
        }
    }
}

@Suite struct OrderedIndexModelTests {
    private static let limits = [
        OrderedIndex.Limits(leafByteCountMax: 48, branchMax: 4),
        OrderedIndex.Limits(leafByteCountMax: 200, branchMax: 5), OrderedIndex.Limits(),
    ]

    @Test(arguments: EntryMake.allCases, 0..<3) func randomChanges(make: EntryMake, limits: Int) {
        var random = RandomSource(seed: newSeed())
        var model = OrderedIndexModel(Self.limits[limits])
        var number = 0
        for phase in 0..<6 {
            for step in 0..<300 {
                let drawn = make.draw(number, &random)
                number += 1
                let isGrowing = random.next(below: 10) < (phase % 2 == 0 ? 8 : 2)
                if isGrowing || model.entries.isEmpty {
                    model.insert(drawn)
                } else if random.next(below: 30) == 0 {
                    let first = Int(random.next(below: UInt64(model.entries.count)))
                    let count = Int(random.next(below: UInt64(min(40, model.entries.count - first) + 1)))
                    model.remove(ranks: first..<first + count)
                } else {
                    model.remove(model.entries[Int(random.next(below: UInt64(model.entries.count)))])
                }
                model.checkBounds(drawn)
                if make == .equal { model.checkBounds(ofMember: drawn.member) }
                if step % 50 == 0 { model.check(&random) }
            }
            model.check(&random)
        }
        while model.entries.count > 20 { model.remove(ranks: 0..<7) }
        model.check(&random)
        model.index.removeAll()
        #expect(model.index.count == 0 && model.index.allocatedByteCount == 0)
        model.entries = []
        for number in 0..<20 { model.insert(make.draw(number, &random)) }
        while !model.entries.isEmpty { model.remove(ranks: 0..<min(7, model.entries.count)) }
        model.check(&random)
    }

    /// All orders in which up to five entries can come and go, over scores and members that meet at every edge.
    @Test func everySmallSequenceOfChanges() {
        var random = RandomSource(seed: 1)
        let kinds: [ModelEntry] = [
            ModelEntry(score: -1, member: bytes("1")), ModelEntry(score: -1, member: bytes("12")),
            ModelEntry(score: 0, member: bytes("")), ModelEntry(score: 0, member: bytes("120")),
            ModelEntry(score: 256, member: bytes("a")),
        ]
        permute(kinds) { order in
            var model = OrderedIndexModel(Self.limits[0])
            for entry in order {
                model.insert(entry)
                for kind in kinds { model.checkBounds(kind) }
            }
            model.check(&random)
            for entry in order.reversed() {
                model.remove(entry)
                model.remove(entry)
                for kind in kinds { model.checkBounds(kind) }
            }
            model.check(&random)
        }
    }

    private func permute(_ kinds: [ModelEntry], _ front: [ModelEntry] = [], _ body: ([ModelEntry]) -> Void) {
        if kinds.isEmpty { return body(front) }
        for index in kinds.indices {
            var rest = kinds
            let next = rest.remove(at: index)
            permute(rest, front + [next], body)
        }
    }

    @Test func compactionLeavesEverythingInPlace() {
        var random = RandomSource(seed: newSeed())
        var model = OrderedIndexModel(Self.limits[1])
        for number in 0..<3000 { model.insert(EntryMake.leaderboard.draw(number, &random)) }
        while model.entries.count > 500 {
            model.remove(model.entries[Int(random.next(below: UInt64(model.entries.count)))])
        }
        var compactor = BlockCompactor()
        var rank = 0
        var visits = 0
        repeat {
            rank = model.index.compact(from: rank, leafCount: 7, using: &compactor)
            visits += 1
        } while rank > 0
        #expect(visits > 1)
        #expect(compactor.examined >= model.index.tree.leafCount)
        model.check(&random)
    }
}

@Suite struct ScoreWordTests {
    @Test func orderOfWordsIsOrderOfScores() {
        let scores: [Double] = [
            -.infinity, -.greatestFiniteMagnitude, -2, -1.5, -1, -.leastNormalMagnitude, -.leastNonzeroMagnitude, 0,
            .leastNonzeroMagnitude, .leastNormalMagnitude, 0.1, 1, 1.5, 2, 1e300, .infinity,
        ]
        let words = scores.map(ScoreWord.make)
        #expect(words == words.sorted() && Set(words).count == scores.count)
        #expect(words.map(ScoreWord.score) == scores)
        #expect(ScoreWord.make(-0.0) == ScoreWord.make(0))
    }
}

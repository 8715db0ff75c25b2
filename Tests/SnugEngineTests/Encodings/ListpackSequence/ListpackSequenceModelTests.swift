import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct ListpackSequenceModelTests {
    private static let limits = [
        ListNodeLimit(byteCountMax: 32), ListNodeLimit(byteCountMax: 200), ListNodeLimit(listMaxListpackSize: 1),
        ListNodeLimit(listMaxListpackSize: 3), ListNodeLimit(listMaxListpackSize: -2),
        ListNodeLimit(byteCountMax: 4096, countMax: 20),
    ]

    @Test(arguments: 0..<6) func randomChanges(limit: Int) {
        var random = RandomSource(seed: newSeed())
        var model = ListpackSequenceModel(Self.limits[limit], branchMax: limit % 2 == 0 ? 4 : 127)
        for phase in 0..<6 {
            for step in 0..<250 {
                if random.next(below: 10) < (phase % 2 == 0 ? 8 : 3) || model.words.isEmpty {
                    grow(&model, &random)
                } else {
                    shrink(&model, &random)
                }
                if step % 25 == 0 { model.check(&random) }
            }
            model.check(&random)
        }
        model.list.removeAll()
        #expect(model.list.count == 0 && model.list.allocatedByteCount == 0)
    }

    /// Words that recur, so that there is something to find.
    private func draw(_ random: inout RandomSource) -> [UInt8] {
        random.next(below: 4) == 0 ? drawWord(&random) : bytes(String(random.next(below: 12)))
    }

    private func grow(_ model: inout ListpackSequenceModel, _ random: inout RandomSource) {
        let word = draw(&random)
        switch random.next(below: 4) {
        case 0: model.append(word)
        case 1: model.prepend(word)
        default: model.insert(word, at: Int(random.next(below: UInt64(model.words.count + 1))))
        }
    }

    private func shrink(_ model: inout ListpackSequenceModel, _ random: inout RandomSource) {
        let count = model.words.count
        let index = Int(random.next(below: UInt64(count)))
        switch random.next(below: 10) {
        case 0: model.remove(0..<1)
        case 1: model.remove(count - 1..<count)
        case 8, 9: model.pop(atEnd: random.next(below: 2) == 0)
        case 2: model.remove(index..<index + 1)
        case 3: model.remove(index..<min(count, index + Int(random.next(below: 12))))
        case 4, 5: model.replace(at: index, with: draw(&random))
        default:
            let word = random.next(below: 2) == 0 ? model.words[index] : draw(&random)
            let most = [1, 2, Int.max][Int(random.next(below: 3))]
            model.remove(equalTo: word, atMost: most, reversed: random.next(below: 2) == 0)
        }
    }

    /// All ways to insert, replace and remove in lists of up to five words, with nodes of two or three.
    @Test func everySmallChange() {
        var random = RandomSource(seed: 1)
        let kinds = [bytes("7"), bytes("word"), [UInt8](repeating: 120, count: 40)]
        for limit in [ListNodeLimit(byteCountMax: 16), ListNodeLimit(byteCountMax: 100, countMax: 2)] {
            for count in 0...5 {
                for index in 0...count {
                    for kind in kinds {
                        var model = made(limit, count, kinds)
                        model.insert(kind, at: index)
                        model.check(&random)
                        model = made(limit, count, kinds)
                        if index < count { model.replace(at: index, with: kind) }
                        model.check(&random)
                    }
                    for end in index...count {
                        var model = made(limit, count, kinds)
                        model.remove(index..<end)
                        model.check(&random)
                    }
                }
            }
        }
    }

    private func made(_ limit: ListNodeLimit, _ count: Int, _ kinds: [[UInt8]]) -> ListpackSequenceModel {
        var model = ListpackSequenceModel(limit, branchMax: 4)
        for number in 0..<count { model.append(kinds[number % kinds.count]) }
        return model
    }

    /// A long list of equal nodes wastes next to nothing; one that is taken off from one end keeps no small nodes.
    @Test func fullNodesAndQueues() {
        var random = RandomSource(seed: newSeed())
        var model = ListpackSequenceModel(ListNodeLimit(listMaxListpackSize: -1), branchMax: 127)
        for _ in 0..<20_000 { model.append(bytes(String(1_000_000_000 + random.next(below: 9_000_000_000)))) }
        var byteCount = 0
        model.list.forEachNode { bytes, isPlain in
            #expect(!isPlain)
            byteCount += bytes.byteCount
        }
        #expect(byteCount >= (model.list.nodeCount - 1) * (4096 - 10))
        for _ in 0..<30_000 {
            if random.next(below: 3) > 0 { model.remove(0..<1) }
            model.append(bytes("1"))
            if model.words.count > 20_000 { model.remove(0..<100) }
        }
        model.check(&random)
        let copy = model.list.copied()
        #expect(copy.count == model.list.count)
        copy.forEach(0..<copy.count) { index, value in
            #expect(value.text == model.words[index])
            return true
        }
    }

    @Test func compactionLeavesEverythingInPlace() {
        var random = RandomSource(seed: newSeed())
        var model = ListpackSequenceModel(ListNodeLimit(byteCountMax: 64), branchMax: 5)
        for _ in 0..<2000 { model.append(drawWord(&random)) }
        while model.words.count > 500 {
            let index = Int(random.next(below: UInt64(model.words.count)))
            model.remove(index..<index + 1)
        }
        var compactor = BlockCompactor()
        var element = 0
        var visits = 0
        repeat {
            element = model.list.compact(from: element, nodeCount: 7, using: &compactor)
            visits += 1
        } while element > 0
        #expect(visits > 1 && compactor.examined >= model.list.nodeCount)
        model.check(&random)
    }

    @Test func limitsAreThoseOfTheDirective() {
        let sizes = [-1, -2, -3, -4, -5, -6, Int.min].map { ListNodeLimit(listMaxListpackSize: $0) }
        #expect(sizes.map(\.byteCountMax) == [4096, 8192, 16384, 32768, 65536, 65536, 65536])
        #expect(sizes.allSatisfy { $0.countMax == .max })
        let counts = [0, 1, 128, 32_768, 32_769, Int.max].map { ListNodeLimit(listMaxListpackSize: $0) }
        #expect(counts.map(\.countMax) == [1, 1, 128, 32_768, 32_768, 32_768])
        #expect(counts.allSatisfy { $0.byteCountMax == 8192 })
    }
}

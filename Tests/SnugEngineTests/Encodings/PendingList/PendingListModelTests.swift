import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct PendingListModelTests {
    /// Numbers of all widths, mostly near to each other.
    private static func draw(_ random: inout RandomSource) -> UInt64 {
        switch random.next(below: 8) {
        case 0: random.next() >> random.next(below: 64)
        case 1: .max - random.next(below: 3)
        case 2: random.next(below: 3)
        default: 1_700_000_000_000 + random.next(below: 200)
        }
    }

    private static func drawEntry(_ random: inout RandomSource) -> PendingEntry {
        PendingEntry(
            id: StreamID(milliseconds: draw(&random), sequence: random.next(below: 4) == 0 ? draw(&random) : 0),
            consumer: Int(random.next(below: random.next(below: 10) == 0 ? 100_000 : 3)),
            deliveryTime: Int64(draw(&random) & UInt64(Int64.max)), deliveryCount: random.next(below: 300))
    }

    @Test(arguments: [(2, 4), (5, 4), (128, 127)])
    func randomChanges(leafCountMax: Int, branchMax: Int) {
        var random = RandomSource(seed: newSeed())
        var list = PendingList(leafCountMax: leafCountMax, branchMax: branchMax)
        var model: [StreamID: PendingEntry] = [:]
        for step in 0..<1500 {
            let entry = Self.drawEntry(&random)
            switch random.next(below: 6) {
            case 0, 1:
                let id = random.next(below: 4) == 0 ? entry.id : model.keys.randomElement(using: &random) ?? entry.id
                let removed = list.remove(id)
                #expect(removed == model.removeValue(forKey: id))
            case 2:
                guard let former = model.values.randomElement(using: &random) else { continue }
                var changed = former
                changed.consumer = entry.consumer
                changed.deliveryTime = entry.deliveryTime
                changed.deliveryCount = entry.deliveryCount
                list.put(changed)
                model[former.id] = changed
            default:
                list.put(entry)
                model[entry.id] = entry
            }
            let found = list.entry(entry.id)
            #expect(found == model[entry.id])
            if step % 50 == 0 { check(list, model, from: entry.id) }
        }
        check(list, model, from: .zero)
        let copy = list.copied()
        check(copy, model, from: .zero)
        let counts = Dictionary(grouping: model.values, by: \.consumer)
        for (consumer, entries) in counts where consumer < 3 {
            list.removeAll(of: consumer, count: entries.count)
            for entry in entries { model[entry.id] = nil }
        }
        check(list, model, from: .zero)
    }

    private func check(_ list: borrowing PendingList, _ model: [StreamID: PendingEntry], from start: StreamID) {
        list.audit()
        let sorted = model.values.sorted { $0.id < $1.id }
        let (count, last) = (list.count, list.last)
        #expect(count == sorted.count && last == sorted.last)
        var found: [PendingEntry] = []
        list.forEach(from: start) { entry in
            found.append(entry)
            return true
        }
        let expected = sorted.filter { $0.id >= start }
        #expect(found == expected)
        let first = list.first(from: start, of: 1)
        #expect(first == expected.first { $0.consumer == 1 })
    }

    /// What one command gives to one consumer takes little more than the ids.
    @Test func bytesOfAnEntry() {
        var list = PendingList()
        for number in 0..<10_000 {
            let id = StreamID(milliseconds: 1_700_000_000_000 + UInt64(number) * 10, sequence: 0)
            list.put(PendingEntry(id: id, consumer: 0, deliveryTime: 1_700_000_000_000, deliveryCount: 1))
        }
        #expect(list.allocatedByteCount <= 10_000 * 4)
    }
}

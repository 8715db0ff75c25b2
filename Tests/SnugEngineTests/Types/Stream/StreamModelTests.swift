import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct StreamModelTests {
    private static let names = ["", "a", "b", "group"].map(bytes)

    /// An id a little behind the last, or far, or at the very end.
    private static func nextID(after last: StreamID, _ random: inout RandomSource) -> StreamID? {
        switch random.next(below: 10) {
        case 0, 1, 2: return last.next
        case 3:
            let (sum, overflow) = last.sequence.addingReportingOverflow(random.next() >> random.next(below: 63))
            return overflow ? last.next : StreamID(milliseconds: last.milliseconds, sequence: sum).next
        case 4 where random.next(below: 100) == 0:
            return StreamID(milliseconds: .max, sequence: random.next(below: 5))
        default:
            let step = random.next(below: random.next(below: 50) == 0 ? 1 << 40 : 30) + 1
            let (sum, overflow) = last.milliseconds.addingReportingOverflow(step)
            return overflow ? last.next : StreamID(milliseconds: sum, sequence: random.next(below: 3))
        }
    }

    private static func drawPairs(_ random: inout RandomSource) -> [[[UInt8]]] {
        if random.next(below: 3) > 0 {
            return [[bytes("sensor"), drawWord(&random)], [bytes("temp"), bytes(String(random.next(below: 400)))]]
        }
        return (0..<Int(random.next(below: 4)) + 1).map { _ in
            [random.next(below: 2) == 0 ? bytes("temp") : drawWord(&random), drawWord(&random)]
        }
    }

    private static func drawID(_ model: borrowing StreamModel, _ random: inout RandomSource) -> StreamID {
        guard !model.entries.isEmpty, random.next(below: 6) > 0 else {
            return StreamID(milliseconds: random.next(below: 2000), sequence: random.next(below: 3))
        }
        let id = model.entries[Int(random.next(below: UInt64(model.entries.count)))].id
        return random.next(below: 5) == 0 ? id.next ?? id : id
    }

    @Test(arguments: [(4096, 100), (100, 3), (0, 0), (300, 1), (64, 0)], [4, 127])
    func randomEntries(limits: (Int, Int), branchMax: Int) {
        var random = RandomSource(seed: newSeed())
        var model = StreamModel(branchMax: branchMax)
        (model.limits.streamNodeByteCountMax, model.limits.streamNodeEntriesMax) = limits
        for step in 0..<600 {
            let id = Self.drawID(model, &random)
            switch random.next(below: 40) {
            case 0..<24:
                if let next = Self.nextID(after: model.lastID, &random), next > model.lastID {
                    model.add(next, Self.drawPairs(&random))
                }
            case 24..<32: model.remove(id)
            case 32:
                let count = Int64(model.entries.count) - Int64(random.next(below: 6))
                model.trim(to: .count(max(0, count)))
            case 33: model.trim(to: .count(Int64(random.next(below: 400))), wholeNodes: true, limit: 50)
            case 34 where random.next(below: 4) == 0: model.trim(to: .id(id))
            case 35: model.trim(to: .id(id), wholeNodes: true, limit: Int64(random.next(below: 10)))
            case 36 where random.next(below: 10) == 0: model.trim(to: .count(0))
            default:
                let other = Self.drawID(model, &random)
                model.checkRange(id, other, limit: Int(random.next(below: 12)) + 1)
            }
            if step % 40 == 0 { model.check() }
        }
        model.check()
    }

    @Test(arguments: [(4096, 100), (100, 3)]) func randomGroups(limits: (Int, Int)) {
        var random = RandomSource(seed: newSeed())
        var model = StreamModel(branchMax: 4)
        (model.limits.streamNodeByteCountMax, model.limits.streamNodeEntriesMax) = limits
        for step in 0..<1200 {
            let name = Self.names[Int(random.next(below: 4))]
            let consumer = Self.names[Int(random.next(below: 4))]
            let id = Self.drawID(model, &random)
            let now = Int64(1_700_000_000_000 + step)
            switch random.next(below: 40) {
            case 0..<10:
                if let next = Self.nextID(after: model.lastID, &random), next > model.lastID {
                    model.add(next, Self.drawPairs(&random))
                }
            case 10, 11: model.remove(id)
            case 12, 13: model.addGroup(name, id)
            case 14 where random.next(below: 5) == 0: model.removeGroup(name)
            case 15: model.removeConsumer(consumer, of: name)
            case 16..<24:
                model.deliver(
                    consumer, name, atMost: Int(random.next(below: 6)) + 1, acknowledged: random.next(below: 8) > 0,
                    now: now)
            case 24..<32: model.acknowledge(id, name)
            default:
                model.claim(id, consumer, name, now: now, count: random.next(below: 3))
            }
            if step % 40 == 0 { model.check() }
        }
        model.check()
    }

    /// Nodes end where Redis's do: by entries, and by the bytes of their listpacks.
    @Test func endsOfNodes() {
        var model = StreamModel(branchMax: 127)
        for number in 1...1000 {
            model.add(StreamID(milliseconds: UInt64(number), sequence: 0), [[bytes("f"), bytes("v")]])
        }
        #expect(model.stream.nodeCount == 10)
        model.limits.streamNodeEntriesMax = 0
        model.limits.streamNodeByteCountMax = 1
        for number in 1001...1010 {
            model.add(StreamID(milliseconds: UInt64(number), sequence: 0), [[bytes("f"), bytes("v")]])
        }
        #expect(model.stream.nodeCount == 20)
    }

    /// What a million readings cost, in the small: bytes for each of them.
    @Test func bytesOfAReading() {
        var random = RandomSource(seed: 27)
        var model = StreamModel(branchMax: 127)
        for number in 0..<20_000 {
            let id = StreamID(milliseconds: 1_700_000_000_000 + UInt64(number) * 10, sequence: 0)
            model.add(
                id,
                [
                    [bytes("sensor"), bytes(String(number % 50))],
                    [bytes("temp"), bytes(String(150 + random.next(below: 200)))],
                    [bytes("hum"), bytes(String(random.next(below: 100)))],
                ])
        }
        #expect(model.stream.allocatedByteCount <= 20_000 * 10)
    }
}

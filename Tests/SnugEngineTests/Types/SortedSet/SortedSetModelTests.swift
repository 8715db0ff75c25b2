import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct SortedSetModelTests {
    /// Entries and bytes of a listpack; the last keeps large listpacks, which are tables.
    private static let limits = [(128, 64), (3, 8), (0, 64), (100_000, 10_000)]

    @Test(arguments: EntryMake.allCases, 0..<4) func randomChanges(make: EntryMake, limits: Int) throws {
        var random = RandomSource(seed: newSeed())
        var model = SortedSetModel(seed: random.next())
        (model.limits.sortedSetListpackEntriesMax, model.limits.sortedSetListpackValueMax) = Self.limits[limits]
        let keys = (0..<4).map { bytes("z:\($0)") } + [bytes("other")]
        var number = 0
        for step in 0..<250 {
            let key = keys[Int(random.next(below: UInt64(keys.count)))]
            let drawn = (0..<Int(random.next(below: 12)) + 1).map { _ in
                number += 1
                return make.draw(number, &random)
            }
            let entries = model.sets[key]?.entries ?? []
            switch random.next(below: 10) {
            case 0: try model.remove(key, drawn.map(\.member))
            case 1 where !entries.isEmpty:
                try model.remove(key, [entries[Int(random.next(below: UInt64(entries.count)))].member])
            case 2 where !entries.isEmpty:
                let first = Int(random.next(below: UInt64(entries.count)))
                try model.remove(key, ranks: first..<min(entries.count, first + Int(random.next(below: 400))))
            case 3: try model.set(key, drawn, overwrites: false)
            case 4 where random.next(below: 5) == 0: model.delete(key)
            case 5 where key != keys[0]: try model.copy(key, to: keys[0])
            default: try model.set(key, drawn)
            }
            try model.check(key, strangers: drawn.map(\.member), placesAtMost: 16)
            if step % 100 == 0 { try model.checkAll() }
        }
        try model.checkAll()
        for key in keys { model.delete(key) }
        #expect(model.partition.memory(ofDatabase: 0).outside == 0)
    }

    /// A leaf that passes what one piece may have is a table, and still a listpack.
    @Test func largeListpacksAreTables() throws {
        var random = RandomSource(seed: 5)
        var model = SortedSetModel(seed: 1)
        model.limits.sortedSetListpackEntriesMax = 100_000
        let key = bytes("z")
        for number in 0..<1500 { try model.set(key, [EntryMake.leaderboard.draw(number, &random)]) }
        try model.checkAll()
        guard let location = model.partition.lookup(key.rawBytes, .peek) else {
            Issue.record("the sorted set has gone")
            return
        }
        #expect(location.cell.reference.kind == .sortedSetTable && location.cell.encoding == .listpack)
        model.limits.sortedSetListpackEntriesMax = 128
        try model.set(key, [ModelEntry(score: 1, member: bytes("new"))])
        try model.checkAll()
    }

    @Test func changesOfEncodingAreNoted() throws {
        var model = SortedSetModel(seed: 1)
        model.limits.sortedSetListpackEntriesMax = 6
        for number in 0..<7 {
            try model.set(bytes("z"), [ModelEntry(score: Double(number), member: bytes("m:\(number)"))])
        }
        try model.remove(bytes("z"), ranks: 0..<5)
        try model.set(bytes("z"), [ModelEntry(score: 1, member: [UInt8](repeating: 97, count: 65))])
        let events = model.partition.encodings.takeEvents()
        #expect(events.map(\.from) == [.listpack, .skipList, .listpack])
        #expect(events.map(\.to) == [.skipList, .listpack, .skipList])
        #expect(events.map(\.reached.limit) == [.sortedSetEntries, .sortedSetEntries, .sortedSetValue])
        #expect(events.map(\.reached.value) == [7, 2, 65] && events.allSatisfy { $0.type == .sortedSet })
        try model.checkAll()
    }

    @Test func otherTypesAreRefused() throws {
        var model = SortedSetModel(seed: 1)
        model.partition.setString(bytes("s").rawBytes, to: bytes("v").rawBytes)
        #expect(throws: EngineError.wrongType) { _ = try model.partition.sortedSet(bytes("s").rawBytes) != nil }
        #expect(throws: EngineError.wrongType) {
            _ = try model.partition.openSortedSet(bytes("s").rawBytes, forMemberCount: 1).count
        }
    }
}

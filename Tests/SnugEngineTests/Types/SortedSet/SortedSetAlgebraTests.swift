import SnugMemory
import Testing

@testable import SnugEngine

/// Unions, intersections and differences of sorted sets and sets beside dictionaries.
@Suite struct SortedSetAlgebraTests {
    private struct Model: ~Copyable {
        var partition: Partition
        var sources: [[UInt8]: [[UInt8]: Double]] = [:]

        init(seed: UInt64) {
            partition = Partition(
                databaseCount: 1, hasher: KeyedHash(key0: seed, key1: 7), seed: seed, packByteCountMean: 96)
        }

        mutating func make(_ key: [UInt8], ofSet isSet: Bool, _ count: Int, _ random: inout RandomSource) throws {
            _ = partition.delete(key.rawBytes)
            sources[key] = nil
            for _ in 0..<count {
                let number = random.next(below: UInt64(count * 2))
                let member = random.next(below: 2) == 0 ? bytes("\(number)") : bytes("member:\(number)")
                if isSet {
                    var set = try partition.openSet(key.rawBytes, forMember: member.rawBytes, of: 1)
                    let isNew = set.add(member.rawBytes)
                    partition.closeSet(key.rawBytes, &set, changeCount: isNew ? 1 : 0)
                    sources[key, default: [:]][member] = 1
                } else {
                    let score = Double(random.next(below: 9)) - 4
                    var set = try partition.openSortedSet(key.rawBytes, forMemberCount: 1)
                    _ = set.update(member.rawBytes) { _ in score }
                    partition.closeSortedSet(key.rawBytes, &set, changeCount: 1)
                    sources[key, default: [:]][member] = score
                }
            }
        }

        mutating func gathered(_ keys: [[UInt8]]) throws -> ScoredSources {
            for key in keys { try partition.useScoredSource(key.rawBytes) }
            var found = ScoredSources()
            for key in keys { partition.addScoredSource(key.rawBytes, to: &found) }
            return found
        }
    }

    private static func entries(_ members: borrowing ScoredMembers) -> [ModelEntry] {
        var found: [ModelEntry] = []
        members.forEach { found.append(ModelEntry(score: $1, member: $0.makeArray())) }
        return found
    }

    private static func sorted(_ scores: [[UInt8]: Double]) -> [ModelEntry] {
        scores.map { ModelEntry(score: $0.value, member: $0.key) }.sorted()
    }

    @Test(arguments: [3, 40, 400]) func againstDictionaries(count: Int) throws {
        var random = RandomSource(seed: newSeed())
        var model = Model(seed: random.next())
        let keys = (0..<6).map { bytes("z:\($0)") }
        for round in 0..<30 {
            for (index, key) in keys.enumerated() where round == 0 || random.next(below: 3) == 0 {
                let size = index == 5 ? 0 : Int(random.next(below: UInt64(count))) + 1
                try model.make(key, ofSet: index % 3 == 2, size, &random)
            }
            let chosen = (0..<Int(random.next(below: 3)) + 1).map { _ in keys[Int(random.next(below: 6))] }
            try check(
                &model, chosen, weights: round % 2 == 0 ? [] : chosen.map { _ in Double(random.next(below: 4)) + 0.5 })
        }
        for key in keys { _ = model.partition.delete(key.rawBytes) }
        #expect(model.partition.memory(ofDatabase: 0).outside == 0)
    }

    private func check(_ model: inout Model, _ keys: [[UInt8]], weights: [Double]) throws {
        let dictionaries = keys.map { model.sources[$0] ?? [:] }
        func weighted(_ index: Int, _ member: [UInt8]) -> Double? {
            dictionaries[index][member].map { $0 * (weights.isEmpty ? 1 : weights[index]) }
        }
        let all = Set(dictionaries.flatMap(\.keys))
        let shared = all.filter { member in dictionaries.allSatisfy { $0[member] != nil } }
        let sources = try model.gathered(keys)
        let aggregates: [(ScoreAggregate, ([Double]) -> Double)] = [
            (.sum, { $0.reduce(0, +) }), (.least, { $0.min() ?? 0 }), (.greatest, { $0.max() ?? 0 }),
        ]
        for (aggregate, combine) in aggregates {
            func scores(_ members: Set<[UInt8]>) -> [[UInt8]: Double] {
                Dictionary(
                    uniqueKeysWithValues: members.map { member in
                        (member, combine(keys.indices.compactMap { weighted($0, member) }))
                    })
            }
            #expect(Self.entries(model.partition.unite(sources, weights, aggregate)) == Self.sorted(scores(all)))
            #expect(Self.entries(model.partition.intersect(sources, weights, aggregate)) == Self.sorted(scores(shared)))
        }
        #expect(model.partition.intersectionCount(sources, atMost: .max) == shared.count)
        #expect(model.partition.intersectionCount(sources, atMost: 2) == min(2, shared.count))
        let left = dictionaries[0].filter { entry in !dictionaries.dropFirst().contains { $0[entry.key] != nil } }
        #expect(Self.entries(model.partition.subtract(sources)) == Self.sorted(left))
        try store(&model, sources, Self.sorted(left))
    }

    /// What is stored is a sorted set like one that was made member by member.
    private func store(_ model: inout Model, _ sources: borrowing ScoredSources, _ expected: [ModelEntry]) throws {
        let key = bytes("stored")
        var members = model.partition.subtract(sources)
        #expect(model.partition.storeSortedSet(&members, under: key.rawBytes) == expected.count)
        let limits = model.partition.limits
        let isSkipList =
            expected.count > limits.sortedSetListpackEntriesMax
            || expected.contains { $0.member.count > limits.sortedSetListpackValueMax }
        let encoding = model.partition.describe(key.rawBytes, .peek)?.encoding
        #expect(encoding == (expected.isEmpty ? nil : isSkipList ? .skipList : .listpack))
        var found: [ModelEntry] = []
        if let set = try model.partition.sortedSet(key.rawBytes) {
            set.forEach(ranks: 0..<set.count) { found.append(ModelEntry(score: $1, member: $0.makeArray())) }
            for entry in expected { #expect(set.score(of: entry.member.rawBytes) == entry.score) }
        }
        #expect(found == expected)
        model.partition.audit()
        _ = model.partition.delete(key.rawBytes)
    }

    /// A large result is laid out in full leaves, and stays a listpack where the limits allow that.
    @Test func largeResults() throws {
        var model = Model(seed: 1)
        var random = RandomSource(seed: 2)
        for limit in [128, 100_000] {
            model.partition.limits.sortedSetListpackEntriesMax = limit
            try model.make(bytes("z"), ofSet: false, 6_000, &random)
            let sources = try model.gathered([bytes("z")])
            try store(&model, sources, Self.sorted(model.sources[bytes("z")] ?? [:]))
        }
    }

    @Test func nearLimitsAreNoted() throws {
        var model = Model(seed: 1)
        var random = RandomSource(seed: 2)
        model.partition.limits.sortedSetListpackEntriesMax = 1_000
        try model.make(bytes("z"), ofSet: true, 90, &random)
        let count = model.sources[bytes("z")]?.count ?? 0
        _ = model.partition.encodings.takeEvents()
        model.partition.limits.sortedSetListpackEntriesMax = count
        let sources = try model.gathered([bytes("z")])
        var members = model.partition.unite(sources, [], .sum)
        model.partition.storeSortedSet(&members, under: bytes("d").rawBytes)
        let events = model.partition.encodings.takeEvents()
        #expect(events.map(\.reached.value) == [count] && events.map(\.reached.limit) == [.sortedSetEntries])
    }

    @Test func otherTypesAreRefused() throws {
        var model = Model(seed: 1)
        model.partition.setString(bytes("s").rawBytes, to: bytes("v").rawBytes)
        #expect(throws: EngineError.wrongType) { try model.partition.useScoredSource(bytes("s").rawBytes) }
    }
}

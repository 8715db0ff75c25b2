import SnugMemory
import Testing

@testable import SnugEngine

/// Intersections, unions and differences of sets in all forms, shown and stored.
@Suite struct SetAlgebraTests {
    private let target = bytes("target")

    private func key(_ index: Int) -> [UInt8] { bytes("key\(index)") }

    private func sources(_ keys: [[UInt8]], _ partition: inout Partition) throws -> [SetSource?] {
        for key in keys { _ = try partition.useSet(key.rawBytes) }
        return keys.map { partition.usedSet($0.rawBytes) }
    }

    private func expectSame(_ found: [[UInt8]], _ expected: Set<[UInt8]>, isSorted: Bool) {
        #expect(found.count == expected.count && Set(found) == expected)
        guard isSorted else { return }
        let integers = found.compactMap { SetModel.integer($0) }
        #expect(integers.count == found.count && integers == integers.sorted())
    }

    private func checkIntersection(_ keys: [[UInt8]], _ model: inout SetModel) throws {
        let sets = keys.map { Set(model.sets[$0]?.members ?? []) }
        let expected = sets.dropFirst().reduce(sets[0]) { $0.intersection($1) }
        let found = try sources(keys, &model.partition)
        let present = found.compactMap { $0 }
        let all = present.count == keys.count ? present : []
        var shown: [[UInt8]] = []
        let count = model.partition.intersect(all) { shown.append($0.text) }
        let isSorted =
            keys.contains { model.sets[$0]?.encoding == .integerSet }
            && keys.filter { model.sets[$0]?.encoding == .integerSet }.allSatisfy { small in
                keys.allSatisfy { model.sets[$0]?.members.count ?? 0 >= model.sets[small]?.members.count ?? 0 }
            } && Set(keys.compactMap { model.sets[$0]?.members.count }).count == Set(keys).count
        expectSame(shown, expected, isSorted: isSorted)
        #expect(count == expected.count)
        for limit in [1, 2, 7, Int.max] {
            let counted = model.partition.intersectionCount(all, atMost: limit)
            #expect(counted == min(limit, expected.count))
            var part: [[UInt8]] = []
            model.partition.intersect(all, atMost: limit) { part.append($0.text) }
            #expect(part.count == min(limit, expected.count) && Set(part).isSubset(of: expected))
        }
        var set = model.partition.makeIntersection(all)
        try checkStored(&set, expected, &model)
    }

    private func checkUnion(_ keys: [[UInt8]], _ model: inout SetModel) throws {
        let expected = keys.reduce(into: Set<[UInt8]>()) { $0.formUnion(model.sets[$1]?.members ?? []) }
        let found = try sources(keys, &model.partition).compactMap { $0 }
        var shown: [[UInt8]] = []
        let count = model.partition.unite(found) { shown.append($0.text) }
        let isSorted = keys.allSatisfy { model.sets[$0]?.encoding ?? .integerSet == .integerSet }
        expectSame(shown, expected, isSorted: isSorted)
        #expect(count == expected.count)
        var set = model.partition.makeUnion(found)
        try checkStored(&set, expected, &model)
    }

    private func checkDifference(_ keys: [[UInt8]], _ model: inout SetModel) throws {
        let first = Set(model.sets[keys[0]]?.members ?? [])
        let expected = keys.dropFirst().reduce(first) { $0.subtracting(model.sets[$1]?.members ?? []) }
        let found = try sources(keys, &model.partition)
        var shown: [[UInt8]] = []
        let count = model.partition.subtract(found) { shown.append($0.text) }
        let isSorted = keys.allSatisfy { model.sets[$0]?.encoding ?? .integerSet == .integerSet }
        expectSame(shown, expected, isSorted: isSorted)
        #expect(count == expected.count)
        var set = model.partition.makeDifference(found)
        try checkStored(&set, expected, &model)
    }

    private func checkStored(
        _ set: inout OpenSet, _ expected: Set<[UInt8]>, _ model: inout SetModel
    ) throws {
        let count = model.partition.storeSet(&set, under: target.rawBytes)
        #expect(count == expected.count)
        let members = model.partition.membersInOrder(target.rawBytes)
        #expect(members.count == expected.count && Set(members) == expected)
        let encoding = model.partition.describe(target.rawBytes, .peek)?.encoding
        #expect((encoding == nil) == expected.isEmpty)
        let longest = expected.map(\.count).max() ?? 0
        switch encoding {
        case .integerSet:
            #expect(expected.allSatisfy { SetModel.integer($0) != nil })
            #expect(expected.count <= model.limits.setIntegerSetEntriesMax)
        case .listpack:
            #expect(expected.count <= model.limits.setListpackEntriesMax)
            #expect(longest <= model.limits.setListpackValueMax)
        default: break
        }
    }

    @Test func generatedSets() throws {
        let seed = newSeed()
        var random = RandomSource(seed: seed)
        for round in 0..<60 {
            var model = SetModel(seed: seed &+ UInt64(round))
            model.limits.setIntegerSetEntriesMax = [0, 8, 512, .max][Int(random.next(below: 4))]
            model.limits.setListpackEntriesMax = [0, 8, 128][Int(random.next(below: 3))]
            for index in 0..<5 {
                let span = [5, 40, 400, 3000][Int(random.next(below: 4))]
                let kind = random.next(below: 4)
                let members = (0..<random.next(below: UInt64(span) / 2 + 2)).map { _ -> [UInt8] in
                    let number = Int64(random.next(below: UInt64(span))) - 3
                    let isText = kind == 0 || kind == 1 && random.next(below: 2) == 0
                    return bytes(isText ? "m\(number)" : "\(number)")
                }
                if !members.isEmpty { try model.add(key(index), members) }
            }
            for _ in 0..<6 {
                let keys = (0...random.next(below: 4)).map { _ in key(Int(random.next(below: 6))) }
                try checkIntersection(keys, &model)
                try checkUnion(keys, &model)
                try checkDifference(keys, &model)
            }
            model.partition.audit()
        }
    }

    /// Runs with templates that stand in the run in one set and are kept by number in the other.
    @Test func tablesThatNameTheirTemplatesDifferently() throws {
        var model = SetModel(seed: 5)
        model.limits.setListpackEntriesMax = 0
        try model.add(key(0), [bytes("user:70:x"), bytes("abc"), bytes("Ünïcode"), bytes("user:9:x")])
        for index in 0..<500 { try model.add(key(1), [bytes("user:\(index):x"), bytes("t\(index)")]) }
        try model.add(key(1), [bytes("abc"), bytes("Ünïcode"), [UInt8](repeating: 120, count: 600)])
        try model.add(key(0), [[UInt8](repeating: 120, count: 600)])
        try checkIntersection([key(0), key(1)], &model)
        try checkDifference([key(1), key(0)], &model)
        try checkDifference([key(0), key(1)], &model)
    }

    /// What Redis 7.2 and later make of a result.
    @Test func encodingsOfResults() throws {
        var model = SetModel(seed: 6)
        func stored(_ set: inout OpenSet) -> Encoding? {
            _ = model.partition.storeSet(&set, under: target.rawBytes)
            return model.partition.describe(target.rawBytes, .peek)?.encoding
        }
        for index in 0..<600 { try model.add(key(0), [bytes("\(index)")]) }
        try model.add(key(1), ["1", "2", "x"].map { bytes($0) })
        try model.add(key(2), ["1", "2"].map { bytes($0) })
        // Storing may move the sets, so that they are looked up anew.
        func intersection(_ keys: [[UInt8]]) throws -> Encoding? {
            let found = try sources(keys, &model.partition).compactMap { $0 }
            var set = model.partition.makeIntersection(found)
            return stored(&set)
        }
        func union(_ keys: [[UInt8]]) throws -> Encoding? {
            let found = try sources(keys, &model.partition).compactMap { $0 }
            var set = model.partition.makeUnion(found)
            return stored(&set)
        }
        // Integers alone make an intset, wherever they come from.
        #expect(try intersection([key(0), key(1)]) == .integerSet)
        #expect(try intersection([key(1)]) == .listpack)
        #expect(try intersection([key(0)]) == .hashTable)
        #expect(try union([key(0)]) == .hashTable)
        #expect(try union([key(1), key(2)]) == .listpack)
        let found = try sources([key(1), key(0)], &model.partition)
        var set = model.partition.makeDifference(found)
        #expect(stored(&set) == .listpack)
        model.partition.audit()
    }

    /// A stored result replaces what was there with its expiry, and an empty one removes it.
    @Test func storingReplaces() throws {
        var model = SetModel(seed: 7)
        try model.add(key(0), [bytes("a")])
        for index in 0..<2 {
            model.partition.setString(target.rawBytes, to: bytes("text").rawBytes, expiry: .set(1 << 50))
            let found = try sources([key(0)], &model.partition)
            var set = index == 0 ? model.partition.makeDifference(found) : model.partition.makeDifference(found + found)
            let before = model.partition.changeCount
            let count = model.partition.storeSet(&set, under: target.rawBytes)
            #expect(count == 1 - index && model.partition.changeCount == before + 1)
            #expect(model.partition.expiry(of: target.rawBytes) == (index == 0 ? .never : .noKey))
        }
        var empty = model.partition.makeUnion([])
        let before = model.partition.changeCount
        let count = model.partition.storeSet(&empty, under: target.rawBytes)
        #expect(count == 0 && model.partition.changeCount == before)
        model.partition.audit()
    }

    @Test func storingOverASource() throws {
        var model = SetModel(seed: 8)
        for index in 0..<300 { try model.add(key(0), [bytes("m\(index)")]) }
        try model.add(key(1), [bytes("m7"), bytes("n")])
        let found = try sources([key(0), key(1)], &model.partition).compactMap { $0 }
        var set = model.partition.makeIntersection(found)
        let count = model.partition.storeSet(&set, under: key(0).rawBytes)
        #expect(count == 1 && model.partition.membersInOrder(key(0).rawBytes) == [bytes("m7")])
        model.partition.audit()
    }
}

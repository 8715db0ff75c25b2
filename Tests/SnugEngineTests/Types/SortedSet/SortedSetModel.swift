import SnugMemory
import Testing

@testable import SnugEngine

/// A partition's sorted sets beside dictionaries, with what Redis's rules say of their encoding.
struct SortedSetModel: ~Copyable {
    struct SortedSet {
        var scores: [[UInt8]: Double] = [:]
        var isSkipList = false

        var entries: [ModelEntry] { scores.map { ModelEntry(score: $0.value, member: $0.key) }.sorted() }
    }

    var partition: Partition
    var sets: [[UInt8]: SortedSet] = [:]

    init(seed: UInt64) {
        partition = Partition(
            databaseCount: 1, hasher: KeyedHash(key0: seed, key1: 7), seed: seed, packByteCountMean: 96)
    }

    var limits: EncodingLimits {
        get { partition.limits }
        set { partition.limits = newValue }
    }

    // MARK: Operations on both

    /// Sets scores; of members that are there only if `overwrites`.
    mutating func set(_ key: [UInt8], _ entries: [ModelEntry], overwrites: Bool = true) throws {
        var expected = sets[key] ?? SortedSet()
        var hasPassed = entries.count > limits.sortedSetListpackEntriesMax
        if hasPassed { expected.isSkipList = true }
        var set = try partition.openSortedSet(key.rawBytes, forMemberCount: entries.count)
        var changes = 0
        for entry in entries {
            let former = expected.scores[entry.member]
            let wanted = former == nil || overwrites ? entry.score : nil
            let result = set.update(entry.member.rawBytes) { found in
                #expect(found == former)
                return wanted
            }
            #expect(result.former == former && result.now == wanted)
            guard let wanted, wanted != former else { continue }
            changes += 1
            expected.scores[entry.member] = wanted
            if former == nil
                && (expected.scores.count > limits.sortedSetListpackEntriesMax
                    || entry.member.count > limits.sortedSetListpackValueMax)
            {
                hasPassed = true
                expected.isSkipList = true
            }
        }
        #expect(set.count == expected.scores.count)
        partition.closeSortedSet(key.rawBytes, &set, changeCount: changes)
        guard changes > 0 else {
            if hasPassed { sets[key]?.isSkipList = true }
            return
        }
        sets[key] = expected
        if !hasPassed { revert(key) }
    }

    /// The way back to a listpack, after a change.
    private mutating func revert(_ key: [UInt8]) {
        guard let set = sets[key], limits.sortedSetListpackValueMax > 0 else { return }
        let longest = set.scores.keys.map(\.count).max() ?? 0
        if set.scores.count * 2 < limits.sortedSetListpackEntriesMax && longest * 2 < limits.sortedSetListpackValueMax {
            sets[key]?.isSkipList = false
        }
    }

    mutating func remove(_ key: [UInt8], _ members: [[UInt8]]) throws {
        guard var set = try partition.openSortedSet(key.rawBytes) else {
            #expect(sets[key] == nil)
            return
        }
        var changes = 0
        for member in members {
            let wasThere = sets[key]?.scores.removeValue(forKey: member) != nil
            #expect(set.remove(member.rawBytes) == wasThere)
            if wasThere { changes += 1 }
        }
        partition.closeSortedSet(key.rawBytes, &set, changeCount: changes)
        if sets[key]?.scores.isEmpty == true { sets[key] = nil }
        if changes > 0 { revert(key) }
    }

    mutating func remove(_ key: [UInt8], ranks: Range<Int>) throws {
        guard var set = try partition.openSortedSet(key.rawBytes), let entries = sets[key]?.entries else { return }
        for entry in entries[ranks] { sets[key]?.scores[entry.member] = nil }
        set.remove(ranks: ranks)
        partition.closeSortedSet(key.rawBytes, &set, changeCount: ranks.count)
        if sets[key]?.scores.isEmpty == true { sets[key] = nil }
        if !ranks.isEmpty { revert(key) }
    }

    mutating func delete(_ key: [UInt8]) {
        #expect(partition.delete(key.rawBytes) == (sets.removeValue(forKey: key) != nil))
    }

    mutating func copy(_ key: [UInt8], to other: [UInt8]) throws {
        let isThere = sets[key] != nil
        #expect(try partition.copy(key.rawBytes, to: other.rawBytes, inDatabase: 0, replacing: true) == isThere)
        if isThere { sets[other] = sets[key] }
    }

    // MARK: Comparing

    /// Compares one sorted set: its order whole, and the places of at most about `most` members.
    mutating func check(_ key: [UInt8], strangers: [[UInt8]] = [], placesAtMost most: Int = .max) throws {
        let expected = sets[key]
        let encoding = partition.describe(key.rawBytes, .peek)?.encoding
        #expect(encoding == expected.map { $0.isSkipList ? .skipList : .listpack })
        guard let set = try partition.sortedSet(key.rawBytes), let expected else {
            #expect(expected == nil)
            return
        }
        let entries = expected.entries
        #expect(set.count == entries.count)
        for reversed in [false, true] {
            var found: [ModelEntry] = []
            set.forEach(ranks: 0..<set.count, reversed: reversed) { member, score in
                found.append(ModelEntry(score: score, member: member.makeArray()))
            }
            #expect(found == (reversed ? entries.reversed() : entries))
        }
        let step = max(1, entries.count / most)
        for rank in stride(from: entries.count % step, to: entries.count, by: step) {
            let entry = entries[rank]
            let found = set.rank(of: entry.member.rawBytes)
            #expect(found?.rank == rank && found?.score == entry.score)
            #expect(set.score(of: entry.member.rawBytes) == entry.score)
            let bound = OrderedBound(score: entry.score, inclusive: true)
            #expect(set.rank(of: bound) == entries.partitioningIndex { $0.score > entry.score })
        }
        for stranger in strangers where expected.scores[stranger] == nil {
            #expect(set.score(of: stranger.rawBytes) == nil && set.rank(of: stranger.rawBytes) == nil)
        }
    }

    mutating func checkAll() throws {
        for key in sets.keys { try check(key) }
        #expect(partition.keyCount(inDatabase: 0) == sets.count)
        partition.audit()
    }
}

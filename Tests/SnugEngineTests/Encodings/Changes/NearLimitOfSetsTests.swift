import SnugMemory
import Testing

@testable import SnugEngine

/// Sets and sorted sets that come near to a limit.
@Suite struct NearLimitOfSetsTests {
    private let key = bytes("user:7:tags")

    private func partition() -> Partition {
        var partition = Partition(
            databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 3, packByteCountMean: 128)
        partition.now = 1_000_000
        return partition
    }

    private func taken(_ partition: inout Partition) -> [String] {
        partition.encodings.takeEvents().map(\.words)
    }

    private func add(_ member: String, _ partition: inout Partition) throws {
        let member = bytes(member)
        var set = try partition.openSet(key.rawBytes, forMember: member.rawBytes, of: 1)
        let isNew = set.add(member.rawBytes)
        partition.closeSet(key.rawBytes, &set, changeCount: isNew ? 1 : 0)
    }

    private func remove(_ member: String, _ partition: inout Partition) throws {
        guard var set = try partition.openSet(key.rawBytes) else { return }
        let isGone = set.remove(bytes(member).rawBytes)
        partition.closeSet(key.rawBytes, &set, changeCount: isGone ? 1 : 0)
    }

    private func score(_ member: String, _ score: Double, _ partition: inout Partition) throws {
        var set = try partition.openSortedSet(key.rawBytes, forMemberCount: 1)
        let change = set.update(bytes(member).rawBytes) { _ in score }
        partition.closeSortedSet(key.rawBytes, &set, changeCount: change.former == change.now ? 0 : 1)
    }

    @Test(arguments: [
        ("", 512, 461, "intset>hashtable set-max-intset-entries"),
        ("m", 128, 116, "listpack>hashtable set-max-listpack-entries"),
    ])
    func manyMembersAreToldOnceUntilTheyFallBack(prefix: String, limit: Int, near: Int, words: String) throws {
        var partition = partition()
        for index in 1..<near { try add("\(prefix)\(index)", &partition) }
        #expect(taken(&partition).isEmpty)
        try add("\(prefix)\(near)", &partition)
        #expect(taken(&partition) == ["near set \(words) \(limit) \(near)"])
        for index in 1...limit { try add("\(prefix)\(index)", &partition) }
        #expect(taken(&partition).isEmpty)
        for index in near...limit { try remove("\(prefix)\(index)", &partition) }
        #expect(taken(&partition).isEmpty)
        try add("\(prefix)0", &partition)
        #expect(taken(&partition) == ["near set \(words) \(limit) \(near)"])
    }

    @Test func integersThatBecomeAFullListpack() throws {
        var partition = partition()
        for index in 0..<120 { try add("\(index)", &partition) }
        #expect(taken(&partition).isEmpty)
        try add("x", &partition)
        #expect(taken(&partition) == ["near set listpack>hashtable set-max-listpack-entries 128 121"])
    }

    @Test func longMembersAreToldOnceUntilTheyFallBack() throws {
        var partition = partition()
        let long = String(repeating: "x", count: 58)
        try add("a", &partition)
        try add(long, &partition)
        #expect(taken(&partition) == ["near set listpack>hashtable set-max-listpack-value 64 58"])
        try add(long + "y", &partition)
        #expect(taken(&partition).isEmpty)
        for member in [long, long + "y"] { try remove(member, &partition) }
        try add(long + "zz", &partition)
        #expect(taken(&partition) == ["near set listpack>hashtable set-max-listpack-value 64 60"])
    }

    /// In one leaf, and in a table that is a listpack.
    @Test(arguments: [(128, 116), (2_000, 1_800)])
    func manyMembersOfASortedSet(limit: Int, near: Int) throws {
        var partition = partition()
        partition.limits.sortedSetListpackEntriesMax = limit
        for index in 1..<near { try score("member \(index)", Double(index), &partition) }
        #expect(taken(&partition).isEmpty)
        try score("member \(near)", 1, &partition)
        #expect(taken(&partition) == ["near zset listpack>skiplist zset-max-listpack-entries \(limit) \(near)"])
        try score("member 1", 7, &partition)
        try score("one more", 7, &partition)
        #expect(taken(&partition).isEmpty)
        let long = String(repeating: "x", count: 60)
        try score(long, 1, &partition)
        #expect(taken(&partition) == ["near zset listpack>skiplist zset-max-listpack-value 64 60"])
        try score(long, 2, &partition)
        try score(long + "y", 2, &partition)
        #expect(taken(&partition).isEmpty)
    }
}

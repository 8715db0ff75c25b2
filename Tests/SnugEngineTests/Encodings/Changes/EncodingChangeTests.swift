import SnugMemory
import Testing

@testable import SnugEngine

/// What the journal notes of hashes at their limits. Events are written as
/// `kind type from>to limit setting value`, without the key.
@Suite struct EncodingChangeTests {
    private let key = bytes("user:7:tags")

    private func partition(entries: Int = 512, value: Int = 64, warnPercent: Int = 0) -> Partition {
        var partition = Partition(
            databaseCount: 3, hasher: KeyedHash(key0: 1, key1: 2), seed: 3, packByteCountMean: 128)
        partition.now = 1_000_000
        partition.limits.hashListpackEntriesMax = entries
        partition.limits.hashListpackValueMax = value
        partition.limits.warnPercent = warnPercent
        return partition
    }

    private func set(_ field: String, _ value: String = "1", of key: [UInt8]? = nil, in partition: inout Partition) {
        let key = key ?? self.key
        do {
            try partition.setHashValue(key.rawBytes, bytes(field).rawBytes, to: bytes(value).rawBytes)
        } catch {
            Issue.record(error)
        }
    }

    /// Sets several fields as one command does.
    private func set(_ fields: [String], _ value: String = "1", in partition: inout Partition) throws {
        var addition = HashAddition()
        for field in fields { addition.add(bytes(field).rawBytes, bytes(value).rawBytes) }
        var hash = try partition.openHash(key.rawBytes, for: addition)
        for field in fields { _ = partition.setField(bytes(field).rawBytes, to: bytes(value).rawBytes, in: &hash) }
        partition.closeHash(key.rawBytes, hash, changeCount: fields.count)
    }

    private func expire(_ field: String, at time: Int64, _ partition: inout Partition) throws {
        guard var hash = try partition.openHash(key.rawBytes) else { return }
        let change = partition.setExpiry(of: bytes(field).rawBytes, to: time, in: &hash)
        #expect(change == .set)
        partition.closeHash(key.rawBytes, hash, changeCount: 1)
    }

    private func taken(_ partition: inout Partition) -> [String] {
        partition.encodings.takeEvents().map(\.words)
    }

    private func encoding(_ partition: inout Partition) -> Encoding? { partition.describe(key.rawBytes)?.encoding }

    // MARK: Fields

    @Test(arguments: [511, 512, 513], ["", "field:", "x"])
    func fieldsAtTheLimit(count: Int, prefix: String) {
        var partition = partition()
        for index in 0..<count { set("\(prefix)\(index)", in: &partition) }
        let change = "changed hash listpack>hashtable hash-max-listpack-entries 512 513"
        #expect(taken(&partition) == (count > 512 ? [change] : []))
        #expect(encoding(&partition) == (count > 512 ? .hashTable : .listpack))
        // Once is enough.
        set("another", in: &partition)
        set("yet another", in: &partition)
        let passesNow = count == 511 || count == 512
        #expect(taken(&partition) == (passesNow ? [change] : []))
    }

    @Test(arguments: [511, 512, 513])
    func fieldsThatExpireAtTheLimit(count: Int) throws {
        var partition = partition()
        set("f0", in: &partition)
        try expire("f0", at: 2_000_000, &partition)
        for index in 1..<count { set("f\(index)", in: &partition) }
        let change = "changed hash listpackex>hashtable hash-max-listpack-entries 512 513"
        #expect(taken(&partition) == (count > 512 ? [change] : []))
    }

    @Test(arguments: [511, 512, 513])
    func manyFieldsOfOneCommand(count: Int) throws {
        var partition = partition()
        try set((0..<count).map { "f\($0)" }, in: &partition)
        let change = "changed hash listpack>hashtable hash-max-listpack-entries 512 513"
        #expect(taken(&partition) == (count > 512 ? [change] : []))
        // A command with more pairs than the limit makes a hashtable whatever is there.
        partition = self.partition()
        set("f0", in: &partition)
        try set((0..<count).map { "f\($0 % 2)" }, in: &partition)
        #expect(taken(&partition) == (count > 512 ? [change] : []))
    }

    // MARK: Lengths

    @Test(arguments: [63, 64, 65], [false, true])
    func lengthsAtTheLimit(count: Int, isField: Bool) {
        let long = String(repeating: "x", count: count)
        for filled in [0, 1, 300] {
            for prefix in ["", "f"] {
                var partition = partition()
                for index in 0..<filled { set("\(prefix)\(index)", in: &partition) }
                if isField { set(long, in: &partition) } else { set("a", long, in: &partition) }
                let change = "changed hash listpack>hashtable hash-max-listpack-value 64 65"
                #expect(taken(&partition) == (count > 64 ? [change] : []))
                if isField { set(long + "y", in: &partition) } else { set("b", long + "y", in: &partition) }
                let later = count == 64
                #expect(taken(&partition) == (later ? [change] : []))
            }
        }
    }

    @Test func numbersHaveALengthToo() throws {
        var partition = partition(value: 3)
        _ = try partition.incrementHashValue(key.rawBytes, bytes("n").rawBytes, by: 999)
        #expect(taken(&partition).isEmpty)
        _ = try partition.incrementHashValue(key.rawBytes, bytes("n").rawBytes, by: 1)
        #expect(taken(&partition) == ["changed hash listpack>hashtable hash-max-listpack-value 3 4"])
    }

    // MARK: Limits at their ends

    @Test func limitsOfZeroAndOne() {
        var partition = partition(entries: 0)
        set("a", in: &partition)
        #expect(taken(&partition) == ["changed hash listpack>hashtable hash-max-listpack-entries 0 1"])
        partition = self.partition(entries: 1)
        set("a", in: &partition)
        #expect(taken(&partition).isEmpty)
        set("b", in: &partition)
        #expect(taken(&partition) == ["changed hash listpack>hashtable hash-max-listpack-entries 1 2"])
        partition = self.partition(value: 0)
        set("a", "", in: &partition)
        #expect(taken(&partition) == ["changed hash listpack>hashtable hash-max-listpack-value 0 1"])
        partition = self.partition(value: 0)
        set("", "", in: &partition)
        #expect(taken(&partition).isEmpty)
        partition = self.partition(value: 1)
        set("a", "b", in: &partition)
        #expect(taken(&partition).isEmpty)
        set("a", "10", in: &partition)
        #expect(taken(&partition) == ["changed hash listpack>hashtable hash-max-listpack-value 1 2"])
    }

    @Test func limitsWithoutEndSayNothing() {
        var partition = partition(entries: .max, value: .max, warnPercent: 100)
        for index in 0..<2000 { set("\(index)", String(repeating: "x", count: index), in: &partition) }
        #expect(taken(&partition).isEmpty)
        #expect(encoding(&partition) == .listpack)
    }

    @Test func aLimitThatIsLoweredActsWithTheNextWrite() throws {
        var partition = partition()
        for index in 0..<10 { set("f\(index)", in: &partition) }
        try expire("f3", at: 1_500_000, &partition)
        partition.limits.hashListpackEntriesMax = 5
        _ = try partition.hashValue(key.rawBytes, bytes("f1").rawBytes)
        #expect(taken(&partition).isEmpty)
        set("f1", "2", in: &partition)
        #expect(taken(&partition) == ["changed hash listpackex>hashtable hash-max-listpack-entries 5 10"])
    }

    @Test func expiredFieldsThatGoMayShowALoweredLimit() throws {
        var partition = partition()
        for index in 0..<10 { set("f\(index)", in: &partition) }
        try expire("f3", at: 1_500_000, &partition)
        partition.limits.hashListpackEntriesMax = 5
        partition.now = 1_600_000
        while !partition.reclaimExpired(inDatabase: 0, atMost: 100).isComplete {}
        #expect(taken(&partition) == ["changed hash listpack>hashtable hash-max-listpack-entries 5 9"])
    }

    // MARK: The way back

    @Test(arguments: [true, false], ["", "f"])
    func theWayBackIsNoted(reverts: Bool, prefix: String) throws {
        var partition = partition(entries: 20)
        partition.limits.encodingsRevert = reverts
        for index in 0..<21 { set("\(prefix)\(index)", in: &partition) }
        #expect(taken(&partition) == ["changed hash listpack>hashtable hash-max-listpack-entries 20 21"])
        for index in 0..<11 { try remove("\(prefix)\(index)", &partition) }
        #expect(taken(&partition).isEmpty)
        try remove("\(prefix)11", &partition)
        let back = "changed hash hashtable>listpack hash-max-listpack-entries 20 9"
        #expect(taken(&partition) == (reverts ? [back] : []))
        for index in 0..<12 { set("\(prefix)\(index)", in: &partition) }
        let again = "changed hash listpack>hashtable hash-max-listpack-entries 20 21"
        #expect(taken(&partition) == (reverts ? [again] : []))
    }

    @Test func theWayBackOfAHashWithExpiringFields() throws {
        var partition = partition(value: 10)
        set("f", "longer than ten", in: &partition)
        set("g", in: &partition)
        try expire("g", at: 2_000_000, &partition)
        _ = taken(&partition)
        set("f", "short", in: &partition)
        #expect(taken(&partition).isEmpty)
        set("f", "four", in: &partition)
        #expect(taken(&partition) == ["changed hash hashtable>listpackex hash-max-listpack-entries 512 2"])
    }

    private func remove(_ field: String, _ partition: inout Partition) throws {
        guard var hash = try partition.openHash(key.rawBytes) else { return }
        let isRemoved = partition.removeField(bytes(field).rawBytes, from: &hash)
        #expect(isRemoved)
        partition.closeHash(key.rawBytes, hash, changeCount: 1)
    }

    // MARK: What is no change

    @Test func movingAHashSaysNothing() throws {
        var partition = partition()
        for index in 0..<600 { set("f\(index)", in: &partition) }
        _ = taken(&partition)
        let other = bytes("other")
        let isCopied = try partition.copy(key.rawBytes, to: other.rawBytes, inDatabase: 1, replacing: false)
        let isDeleted = partition.delete(key.rawBytes)
        partition.selected = 1
        let count = try partition.hashCount(other.rawBytes)
        #expect(isCopied && isDeleted && count == 600)
        for index in 0..<600 { set("f\(index)", "2", of: other, in: &partition) }
        #expect(taken(&partition).isEmpty)
    }

    @Test func theKeyAndItsShapeAreTold() {
        var partition = partition(value: 1)
        let long = String(repeating: "k", count: 300)
        let shapes = [
            "user:7:tags": "user:#:tags", "order:0042": "order:#4", "": "", long: "*",
            "s:12345678-1234-1234-1234-123456789abc": "s:<uuid>", "a\u{0}\u{1}\u{2}b": "*",
        ]
        for (key, shape) in shapes {
            partition.selected = 2
            set("f", "long", of: bytes(key), in: &partition)
            let events = partition.encodings.takeEvents()
            #expect(events.count == 1)
            #expect(events.first?.key == bytes(key))
            #expect(events.first?.database == 2)
            if !key.isEmpty { #expect(events.first.map { String(decoding: $0.shape, as: UTF8.self) } == shape) }
        }
    }

    // MARK: The journal

    @Test func totalsAreKeptAndEventsBounded() {
        var partition = partition(entries: 0)
        for index in 0..<100 { set("f", of: bytes("h:\(index)"), in: &partition) }
        var journal = partition.encodings
        #expect(journal.hasEvents && journal.lostCount == 36)
        let total = journal.totals.first { $0.type == .hash && $0.from == .listpack && $0.to == .hashTable }
        #expect(total?.count == 100)
        let events = journal.takeEvents()
        #expect(events.count == EncodingJournal.eventCountMax && !journal.hasEvents)
        journal.resetTotals()
        #expect(journal.totals.allSatisfy { $0.count == 0 } && journal.lostCount == 0)
    }
}

extension EncodingEvent {
    /// All but the key, the shape and the database.
    var words: String {
        "\(kind) \(type.name) \(from.name)>\(to.name) \(reached.limit.name) \(reached.setting) \(reached.value)"
    }
}

import SnugMemory
import Testing

@testable import SnugEngine

/// Hashes that come near to a limit.
@Suite struct NearLimitTests {
    private let key = bytes("user:7:tags")

    private func partition(entries: Int = 512, value: Int = 64, warnPercent: Int = 90) -> Partition {
        var partition = Partition(
            databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 3, packByteCountMean: 128)
        partition.now = 1_000_000
        partition.limits.hashListpackEntriesMax = entries
        partition.limits.hashListpackValueMax = value
        partition.limits.warnPercent = warnPercent
        return partition
    }

    private func set(_ field: String, _ value: String = "1", in partition: inout Partition) throws {
        try partition.setHashValue(key.rawBytes, bytes(field).rawBytes, to: bytes(value).rawBytes)
    }

    private func remove(_ field: String, _ partition: inout Partition) throws {
        guard var hash = try partition.openHash(key.rawBytes) else { return }
        let isRemoved = partition.removeField(bytes(field).rawBytes, from: &hash)
        #expect(isRemoved)
        partition.closeHash(key.rawBytes, hash, changeCount: 1)
    }

    private func taken(_ partition: inout Partition) -> [String] {
        partition.encodings.takeEvents().map(\.words)
    }

    @Test(arguments: ["", "f"])
    func manyFieldsAreToldOnceUntilTheyFallBack(prefix: String) throws {
        for (entries, near) in [(512, 461), (10, 9), (20, 18), (100, 90), (2, 2), (3000, 2700)] {
            var partition = partition(entries: entries)
            let warning = "near hash listpack>hashtable hash-max-listpack-entries \(entries) \(near)"
            for index in 0..<near - 1 { try set("\(prefix)\(index)", in: &partition) }
            #expect(taken(&partition).isEmpty)
            try set("\(prefix)\(near)", in: &partition)
            #expect(taken(&partition) == [warning])
            for index in near..<entries { try set("\(prefix)\(index + 1)", in: &partition) }
            for index in 0..<near - 1 { try set("\(prefix)\(index)", "2", in: &partition) }
            #expect(taken(&partition).isEmpty)
            for index in near - 1..<entries { try remove("\(prefix)\(index + 1)", &partition) }
            #expect(taken(&partition).isEmpty)
            try set("\(prefix)\(near)", in: &partition)
            #expect(taken(&partition) == [warning])
        }
    }

    @Test(arguments: [0, 1, 20, 300], ["", "f"])
    func longValuesAreToldOnceUntilTheyFallBack(filled: Int, prefix: String) throws {
        var partition = partition()
        for index in 0..<filled { try set("\(prefix)\(index)", in: &partition) }
        let warning = "near hash listpack>hashtable hash-max-listpack-value 64 58"
        try set("\(prefix)400", String(repeating: "x", count: 57), in: &partition)
        #expect(taken(&partition).isEmpty)
        try set("\(prefix)401", String(repeating: "x", count: 58), in: &partition)
        #expect(taken(&partition) == [warning])
        try set("\(prefix)401", String(repeating: "y", count: 60), in: &partition)
        try set("\(prefix)402", String(repeating: "y", count: 64), in: &partition)
        #expect(taken(&partition).isEmpty)
        try remove("\(prefix)401", &partition)
        try set("\(prefix)402", "short", in: &partition)
        #expect(taken(&partition).isEmpty)
        try set("\(prefix)403", String(repeating: "x", count: 58), in: &partition)
        #expect(taken(&partition) == [warning])
    }

    @Test func aLongFieldIsAsNear() throws {
        for filled in [0, 300] {
            var partition = partition()
            for index in 0..<filled { try set("f\(index)", in: &partition) }
            let field = String(repeating: "n", count: 60)
            try set(field, in: &partition)
            #expect(taken(&partition) == ["near hash listpack>hashtable hash-max-listpack-value 64 60"])
            try set("f", String(repeating: "x", count: 60), in: &partition)
            #expect(taken(&partition).isEmpty)
        }
    }

    @Test func passingALimitAtOnceIsNoWarning() throws {
        var partition = partition(entries: 20)
        for index in 0..<10 { try set("f\(index)", in: &partition) }
        var addition = HashAddition()
        for index in 10..<30 { addition.add(bytes("f\(index)").rawBytes, bytes("1").rawBytes) }
        var hash = try partition.openHash(key.rawBytes, for: addition)
        for index in 10..<30 { _ = partition.setField(bytes("f\(index)").rawBytes, to: .integer(1), in: &hash) }
        partition.closeHash(key.rawBytes, hash, changeCount: 20)
        #expect(taken(&partition) == ["changed hash listpack>hashtable hash-max-listpack-entries 20 21"])
        let nearCount = partition.encodings.nearCount
        #expect(nearCount == 0)
        // A hashtable is near to nothing any more.
        for index in 0..<12 { try remove("f\(index)", &partition) }
        for index in 0..<12 { try set("f\(index)", String(repeating: "x", count: 60), in: &partition) }
        #expect(taken(&partition).allSatisfy { !$0.hasPrefix("near") })
    }

    @Test func aHashWithExpiringFieldsIsWarnedOf() throws {
        var partition = partition(entries: 100)
        try set("f0", in: &partition)
        guard var hash = try partition.openHash(key.rawBytes) else { return }
        let change = partition.setExpiry(of: bytes("f0").rawBytes, to: 2_000_000, in: &hash)
        #expect(change == .set)
        partition.closeHash(key.rawBytes, hash, changeCount: 1)
        for index in 1..<100 { try set("f\(index)", in: &partition) }
        #expect(taken(&partition) == ["near hash listpackex>hashtable hash-max-listpack-entries 100 90"])
    }

    @Test(arguments: [
        (512, 90, 461), (512, 100, 512), (512, 1, 6), (512, 0, Int.max), (1, 90, Int.max), (2, 90, 2), (0, 90, Int.max),
        (Int.max, 100, Int.max), (Int.max, 50, Int.max / 2 + 1), (64, 90, 58), (100, 33, 33), (101, 33, 34),
    ])
    func theShareOfALimit(limit: Int, percent: Int, near: Int) {
        var limits = EncodingLimits()
        limits.warnPercent = percent
        limits.hashListpackEntriesMax = limit
        #expect(limits.hashEntriesNear == near)
        limits = EncodingLimits()
        limits.hashListpackValueMax = limit
        limits.warnPercent = percent
        #expect(limits.hashValueNear == near)
    }
}

import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct ActiveExpiryTests {
    private func partition(expiring: Int, staying: Int) -> Partition {
        var partition = Partition(databaseCount: 2, hasher: KeyedHash(key0: 1, key1: 2), seed: 1)
        for number in 0..<expiring {
            partition.setString(bytes("e\(number)").rawBytes, to: bytes("v").rawBytes, expiry: .set(100))
        }
        for number in 0..<staying { partition.setString(bytes("s\(number)").rawBytes, to: bytes("v").rawBytes) }
        return partition
    }

    @Test func slicesAreBounded() {
        var partition = partition(expiring: 3000, staying: 3000)
        partition.now = 100
        var slices = 0
        var reclaimed = 0
        while true {
            let slice = partition.reclaimExpired(inDatabase: 0, atMost: 50)
            // The last pack is seen whole.
            #expect(slice.examined < 50 + partition.databases[0].value.map.packKeyCountMax)
            slices += 1
            reclaimed += slice.reclaimed
            if slice.isComplete { break }
        }
        #expect(reclaimed == 3000 && slices > 10)
        #expect(partition.statistics.expired == 3000)
        #expect(partition.keyCount(inDatabase: 0) == 3000)
        #expect(partition.expiringCount(inDatabase: 0) == 0)
        #expect(partition.changeCount == 6000)
        partition.audit()
    }

    @Test func nothingIsLookedAtWhileNothingCanExpire() {
        var partition = partition(expiring: 0, staying: 100)
        partition.now = .max
        let slice = partition.reclaimExpired(inDatabase: 0, atMost: 50)
        #expect(slice == ExpirySlice(examined: 0, reclaimed: 0, isComplete: true))
    }

    @Test func whatIsNotDueStays() {
        var partition = partition(expiring: 500, staying: 0)
        partition.now = 99
        while !partition.reclaimExpired(inDatabase: 0, atMost: 50).isComplete {}
        #expect(partition.keyCount(inDatabase: 0) == 500)
    }

    @Test func memoryIsGivenBack() {
        var partition = partition(expiring: 5000, staying: 0)
        let before = partition.memory(ofDatabase: 0)
        partition.now = 100
        while !partition.reclaimExpired(inDatabase: 0, atMost: 1000).isComplete {}
        let after = partition.memory(ofDatabase: 0)
        #expect(after.packs == 0 && before.packs > 5000)
        #expect(after.directory < 100)
    }

    @Test func largeHashesAreUncounted() throws {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 1)
        partition.limits.hashListpackEntriesMax = 4
        for number in 0..<50 {
            let key = bytes("h\(number)")
            for field in 0..<10 {
                _ = try partition.setHashValueIfAbsent(key.rawBytes, bytes("\(field)").rawBytes, to: key.rawBytes)
            }
            _ = partition.setExpiry(of: key.rawBytes, to: 100)
        }
        partition.audit()
        #expect(partition.memory(ofDatabase: 0).outside > 0)
        partition.now = 100
        while !partition.reclaimExpired(inDatabase: 0, atMost: 7).isComplete {}
        partition.audit()
        #expect(partition.memory(ofDatabase: 0).outside == 0)
    }

    @Test func aRandomKeyIsNeverPastItsTime() {
        for reclaims in [true, false] {
            var partition = partition(expiring: 2000, staying: 3)
            partition.now = 100
            partition.reclaimsExpired = reclaims
            for _ in 0..<20 {
                var drawn: [UInt8] = []
                let found = partition.withRandomKey { drawn = $0.makeArray() }
                #expect(found && drawn.first == UInt8(ascii: "s"))
            }
            #expect((partition.keyCount(inDatabase: 0) == 2003) == !reclaims)
        }
    }

    /// While reclaiming is paused a write still finds its place free.
    @Test func aWriteTakesThePlaceOfAnExpiredKey() {
        var partition = partition(expiring: 1, staying: 0)
        partition.now = 100
        partition.reclaimsExpired = false
        #expect(partition.keyCount(inDatabase: 0) == 1)
        partition.setString(bytes("e0").rawBytes, to: bytes("w").rawBytes, expiry: .keep)
        #expect(partition.keyCount(inDatabase: 0) == 1)
        #expect(partition.expiry(of: bytes("e0").rawBytes) == .never)
    }

    /// The pack whose fields are being reclaimed may go meanwhile, because the map shrinks as hashes go.
    @Test func theMapShrinksWhileFieldsAreReclaimed() throws {
        for seed in UInt64(0)..<20 {
            var partition = Partition(
                databaseCount: 1, hasher: KeyedHash(key0: seed, key1: 2), seed: 1, packByteCountMean: 96)
            for number in 0..<300 {
                let key = bytes("h\(number * 64)")
                try partition.setHashValue(key.rawBytes, bytes("f").rawBytes, to: bytes("v").rawBytes)
                guard var hash = try partition.openHash(key.rawBytes) else { continue }
                _ = partition.setExpiry(of: bytes("f").rawBytes, to: 100, in: &hash)
                partition.closeHash(key.rawBytes, hash, changeCount: 1)
            }
            partition.now = 100
            while !partition.reclaimExpired(inDatabase: 0, atMost: 10).isComplete { partition.audit() }
            let left = partition.keyCount(inDatabase: 0)
            #expect(left == 0)
        }
    }
}

import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct LookupTests {
    /// Reads of a string that is there, of one that is not, and of one past its time, also when they follow each other;
    /// with access data and without, which are looked for in different ways.
    @Test(arguments: [0, 10_000])
    func readsAreCounted(keyCountAlwaysKept: Int) throws {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 3)
        partition.accessClock.keyCountAlwaysKept = keyCountAlwaysKept
        partition.now = 1_000_000
        partition.setString(bytes("a").rawBytes, to: bytes("1").rawBytes)
        partition.setString(bytes("b").rawBytes, to: bytes("text").rawBytes, expiry: .set(1_000_010))
        #expect((partition.layout(of: bytes("a").rawBytes)?.keepsAccess ?? false) == (keyCountAlwaysKept > 0))
        for key in ["a", "a", "a", "b", "a", "b", "none", "none", "a"] {
            _ = try partition.string(bytes(key).rawBytes)
        }
        #expect(partition.statistics.hits == 7 && partition.statistics.misses == 2)
        partition.now += 10
        for key in ["b", "b", "a", "b"] { _ = try partition.string(bytes(key).rawBytes) }
        #expect(partition.statistics.hits == 8 && partition.statistics.misses == 5)
        #expect(partition.statistics.expired == 1 && partition.keyCount(inDatabase: 0) == 1)
        _ = try partition.string(bytes("a").rawBytes, .peek)
        _ = try partition.string(bytes("none").rawBytes, .peek)
        #expect(partition.statistics.hits == 8 && partition.statistics.misses == 5)
        try partition.setHashValue(bytes("h").rawBytes, bytes("f").rawBytes, to: bytes("v").rawBytes)
        #expect(throws: EngineError.wrongType) { _ = try partition.string(bytes("h").rawBytes) }
        partition.audit()
    }
}

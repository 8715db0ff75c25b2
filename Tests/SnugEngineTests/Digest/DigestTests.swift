import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct DigestTests {
    private final class Fixture {
        var partition: Partition

        init(hashSeed: UInt64 = 1) {
            partition = Partition(databaseCount: 4, hasher: KeyedHash(key0: hashSeed, key1: 2), seed: hashSeed)
        }

        func set(_ key: String, _ text: String, expiry: ExpiryChange = .remove) {
            partition.setString(bytes(key).rawBytes, to: bytes(text).rawBytes, expiry: expiry)
        }

        func setField(_ key: String, _ field: String, _ value: String) throws {
            _ = try partition.setHashValueIfAbsent(
                bytes(key).rawBytes, bytes(field).rawBytes, to: bytes(value).rawBytes)
        }

        var all: String { partition.digest().hexadecimal }
        func value(_ key: String) -> String { partition.digest(ofValueUnder: bytes(key).rawBytes).hexadecimal }
    }

    private let zeros = String(repeating: "0", count: 40)

    @Test func nothingIsZero() {
        let fixture = Fixture()
        #expect(fixture.all == zeros && fixture.value("k") == zeros)
        fixture.set("k", "v", expiry: .set(5))
        fixture.partition.now = 5
        #expect(fixture.all == zeros && fixture.value("k") == zeros)
    }

    @Test func itHasFortyDigits() {
        let fixture = Fixture()
        for number in 0..<200 {
            fixture.set("k", "\(number)")
            #expect(fixture.all.count == 40 && fixture.value("k").count == 40)
            let isHexadecimal = fixture.all.allSatisfy { $0.isHexDigit }
            #expect(isHexadecimal)
        }
    }

    @Test func equalContentHasAnEqualDigest() throws {
        let (one, other) = (Fixture(hashSeed: 1), Fixture(hashSeed: 99))
        other.partition.limits.hashListpackEntriesMax = 1
        let numbers = (0..<100).map { $0 }
        for number in numbers {
            one.set("k\(number)", "\(number)")
            try one.setField("h", "f\(number)", "\(number)")
        }
        for number in numbers.reversed() {
            try other.setField("h", "f\(number)", "\(number)")
            other.set("k\(number)", "")
            _ = try other.partition.appendString(bytes("k\(number)").rawBytes, bytes("\(number)").rawBytes)
        }
        #expect(one.all == other.all && one.value("h") == other.value("h") && one.value("k7") == other.value("k7"))
    }

    @Test func whateverDiffersShows() throws {
        let fixture = Fixture()
        var seen: Set<String> = [fixture.all]
        func expectNew(_ what: Comment) { #expect(seen.insert(fixture.all).inserted, what) }
        fixture.set("a", "1")
        expectNew("a key")
        fixture.set("a", "2")
        expectNew("a value")
        fixture.set("a", "2", expiry: .set(50))
        expectNew("an expiry")
        fixture.set("a", "2")
        _ = try fixture.partition.rename(bytes("a").rawBytes, to: bytes("b").rawBytes, onlyIfNew: false)
        expectNew("another key")
        _ = try fixture.partition.move(bytes("b").rawBytes, toDatabase: 1)
        expectNew("another database")
        try fixture.setField("h", "x", "y")
        expectNew("a hash")
        _ = fixture.partition.delete(bytes("h").rawBytes)
        try fixture.setField("h", "y", "x")
        expectNew("field and value exchanged")
        _ = fixture.partition.delete(bytes("h").rawBytes)
        try fixture.setField("h", "yx", "")
        expectNew("the boundary between field and value")
        for member in ["1", "2", "x"] {
            var set = try fixture.partition.openSet(bytes("s").rawBytes, forMember: bytes(member).rawBytes, of: 1)
            _ = set.add(bytes(member).rawBytes)
            fixture.partition.closeSet(bytes("s").rawBytes, &set, changeCount: 1)
            expectNew("a member of a set")
        }
    }

    @Test func aSetIsTheSameInEveryForm() throws {
        let fixture = Fixture()
        let limits: [(Int, Int)] = [(512, 128), (0, 128), (0, 0)]
        for (index, limit) in limits.enumerated() {
            fixture.partition.limits.setIntegerSetEntriesMax = limit.0
            fixture.partition.limits.setListpackEntriesMax = limit.1
            let key = bytes("s\(index)")
            for member in index == 1 ? ["3", "-1", "20"] : ["20", "3", "-1"] {
                var set = try fixture.partition.openSet(key.rawBytes, forMember: bytes(member).rawBytes, of: 1)
                _ = set.add(bytes(member).rawBytes)
                fixture.partition.closeSet(key.rawBytes, &set, changeCount: 1)
            }
        }
        #expect(fixture.value("s0") == fixture.value("s1") && fixture.value("s1") == fixture.value("s2"))
        #expect(fixture.partition.describe(bytes("s2").rawBytes)?.encoding == .hashTable)
    }

    @Test func theTimeOfAnExpiryDoesNotMatter() {
        let fixture = Fixture()
        fixture.set("a", "1", expiry: .set(50))
        fixture.set("b", "1", expiry: .set(90))
        #expect(fixture.value("a") == fixture.value("b"))
    }
}

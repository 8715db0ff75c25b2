import SnugMemory
import Testing

@testable import SnugEngine

/// When a transaction must fail. The cases follow Redis's rules: what counts is whether a client could see a difference.
@Suite struct WatchTests {
    private final class Fixture {
        var partition = Partition(databaseCount: 3, hasher: KeyedHash(key0: 1, key1: 2), seed: 1)
        private let name = bytes("k")

        init() { partition.now = 1000 }

        func set(expiringAt time: Int64? = nil, in database: Int = 0) {
            let key = name
            partition.selected = database
            partition.setString(key.rawBytes, to: bytes("v").rawBytes, expiry: time.map { .set($0) } ?? .remove)
            partition.selected = 0
        }

        func watch() -> WatchToken {
            let key = name
            return partition.watch(key.rawBytes)
        }

        func delete() {
            let key = name
            _ = partition.delete(key.rawBytes)
        }

        func read(_ access: Partition.Access) {
            let key = name
            _ = partition.exists(key.rawBytes, access)
        }

        func hasChanged(_ token: WatchToken) -> Bool { partition.hasChanged(since: token) }
        func swap(_ first: Int, _ second: Int) throws { try partition.swapDatabases(first, second) }
    }

    @Test func aKeyThatIsLeftAlone() {
        let fixture = Fixture()
        fixture.set()
        let token = fixture.watch()
        fixture.read(.write)
        #expect(!fixture.hasChanged(token))
        fixture.set()
        #expect(fixture.hasChanged(token))
        #expect(!fixture.hasChanged(fixture.watch()))
    }

    @Test func aKeyThatComesOrGoes() {
        let fixture = Fixture()
        let absent = fixture.watch()
        fixture.delete()
        #expect(!fixture.hasChanged(absent))
        fixture.set()
        #expect(fixture.hasChanged(absent))
        let present = fixture.watch()
        fixture.delete()
        #expect(fixture.hasChanged(present))
    }

    @Test func aKeyThatExpiresUnderTheWatch() {
        let fixture = Fixture()
        fixture.set(expiringAt: 2000)
        let token = fixture.watch()
        fixture.partition.now = 2000
        #expect(fixture.hasChanged(token))
        fixture.read(.read)
        #expect(fixture.partition.keyCount(inDatabase: 0) == 0)
        #expect(fixture.hasChanged(token))
    }

    @Test func aKeyThatHadExpiredBeforeTheWatch() throws {
        let fixture = Fixture()
        fixture.set(expiringAt: 2000)
        fixture.partition.now = 3000
        let token = fixture.watch()
        #expect(!fixture.hasChanged(token))
        fixture.delete()
        #expect(!fixture.hasChanged(token))
        _ = fixture.partition.flush(database: 0)
        #expect(!fixture.hasChanged(token))
        fixture.set()
        #expect(fixture.hasChanged(token))
    }

    @Test func flushingTouchesOnlyWhatWasThere() {
        let fixture = Fixture()
        let absent = fixture.watch()
        _ = fixture.partition.flushAll()
        #expect(!fixture.hasChanged(absent))
        fixture.set()
        let present = fixture.watch()
        _ = fixture.partition.flush(database: 1)
        #expect(!fixture.hasChanged(present))
        _ = fixture.partition.flushAll()
        #expect(fixture.hasChanged(present))
    }

    @Test func swappingTouchesWhatIsInEitherDatabase() throws {
        for (here, there) in [(false, false), (true, false), (false, true), (true, true)] {
            let fixture = Fixture()
            if here { fixture.set() }
            if there { fixture.set(in: 1) }
            let token = fixture.watch()
            try fixture.swap(1, 2)
            #expect(!fixture.hasChanged(token))
            try fixture.swap(2, 1)
            try fixture.swap(0, 1)
            #expect(fixture.hasChanged(token) == (here || there))
        }
    }

    @Test func swappingWithKeysPastTheirTime() throws {
        for (here, there) in [(true, false), (false, true), (true, true)] {
            let fixture = Fixture()
            if here { fixture.set(expiringAt: 2000) }
            if there { fixture.set(expiringAt: 2000, in: 1) }
            fixture.partition.now = 2500
            let token = fixture.watch()
            try fixture.swap(0, 1)
            #expect(!fixture.hasChanged(token))
        }
        let fixture = Fixture()
        fixture.set(expiringAt: 2000)
        let token = fixture.watch()
        fixture.partition.now = 2500
        fixture.set(expiringAt: 2500, in: 1)
        try fixture.swap(0, 1)
        #expect(fixture.hasChanged(token))
    }

    @Test func databasesThatAreNotThere() {
        let fixture = Fixture()
        #expect(throws: EngineError.noSuchDatabase) { try fixture.swap(0, 3) }
        #expect(throws: EngineError.noSuchDatabase) { try fixture.swap(-1, 0) }
    }

    @Test func theLastUnwatchGivesAllMemoryBack() {
        let fixture = Fixture()
        let tokens = (0..<1000).map { fixture.partition.watch(bytes("key\($0 % 700)").rawBytes) }
        #expect(fixture.partition.memory(ofDatabase: 0).watches > 700 * 16)
        for token in tokens { fixture.partition.unwatch(token) }
        #expect(fixture.partition.memory(ofDatabase: 0).watches == 0)
    }
}

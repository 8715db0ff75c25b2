import SnugMemory
import Testing

@testable import SnugEngine

/// A partition beside plain dictionaries, one for each database. The clock is the test's.
struct KeyspaceModel: ~Copyable {
    enum Content: Equatable {
        case string([UInt8])
        case hash([[UInt8]: [UInt8]])
        case set(Set<[UInt8]>)
    }

    struct Value: Equatable {
        var content: Content
        var encoding: Encoding
        var expiry: Int64?
    }

    struct Watch {
        let token: WatchToken
        let version: Int
        let wasLive: Bool
    }

    var partition: Partition
    var databases: [[[UInt8]: Value]]
    /// How often each key has been changed, by database.
    var versions: [[[UInt8]: Int]]
    var watches: [Watch] = []

    init(databaseCount: Int, seed: UInt64, packByteCountMean: Int = 64) {
        partition = Partition(
            databaseCount: databaseCount, hasher: KeyedHash(key0: seed, key1: 3), seed: seed,
            packByteCountMean: packByteCountMean)
        partition.now = 1_000_000
        partition.announcements.byteCountMin = 0
        // Access data are kept of all keys, of none, or now and then as their number changes.
        partition.accessClock.keyCountAlwaysKept = [10_000, 0, 6][Int(seed % 3)]
        databases = Array(repeating: [:], count: databaseCount)
        versions = Array(repeating: [:], count: databaseCount)
    }

    var now: Int64 { partition.now }

    /// The value of a live key.
    func value(_ key: [UInt8], in database: Int? = nil) -> Value? {
        guard let value = databases[database ?? partition.selected][key] else { return nil }
        if let expiry = value.expiry, expiry <= now { return nil }
        return value
    }

    /// Stores or removes a value, and counts a change.
    mutating func put(_ key: [UInt8], _ value: Value?, in database: Int? = nil) {
        let index = database ?? partition.selected
        databases[index][key] = value
        versions[index][key, default: 0] += 1
    }

    static func encoding(ofStored text: [UInt8]) -> Encoding {
        if let number = Int64(String(decoding: text, as: UTF8.self)), bytes("\(number)") == text { return .integer }
        return text.count <= 44 ? .embeddedString : .rawString
    }

    // MARK: Time

    mutating func advance(by milliseconds: Int64) {
        partition.now += milliseconds
    }

    /// Turns the clock back, when everything past its time is gone so that nothing comes back to life.
    mutating func turnBack(by milliseconds: Int64) {
        for index in databases.indices {
            // The first round may begin in the middle.
            for _ in 0..<2 {
                while !partition.reclaimExpired(inDatabase: index, atMost: 50).isComplete {}
            }
            let now = self.now
            databases[index] = databases[index].filter { ($0.value.expiry ?? .max) > now }
        }
        // Whether a token's key was live must not change with the clock either.
        dropWatches()
        partition.now -= milliseconds
    }

    // MARK: Watches

    mutating func watch(_ key: [UInt8]) {
        let version = versions[partition.selected][key] ?? 0
        let wasLive = value(key) != nil
        watches.append(Watch(token: partition.watch(key.rawBytes), version: version, wasLive: wasLive))
    }

    func checkWatches() {
        for watch in watches {
            let (database, key) = (watch.token.database, watch.token.key)
            let expected =
                (versions[database][key] ?? 0) != watch.version || watch.wasLive && value(key, in: database) == nil
            #expect(partition.hasChanged(since: watch.token) == expected)
        }
    }

    mutating func dropWatches() {
        for watch in watches { partition.unwatch(watch.token) }
        watches = []
        for index in databases.indices {
            #expect(partition.memory(ofDatabase: index).watches == 0)
        }
    }

    // MARK: Comparing

    /// What the partition holds under a live key, found without a trace.
    mutating func stored(_ key: [UInt8]) -> Value? {
        guard let description = partition.describe(key.rawBytes, .peek) else { return nil }
        var content: Content?
        switch description.type {
        case .hash:
            var fields: [[UInt8]: [UInt8]] = [:]
            if let hash = try? partition.hash(key.rawBytes) {
                hash.forEach { fields[$0.text] = $1.text }
            }
            content = .hash(fields)
        case .set: content = .set(Set(partition.membersInOrder(key.rawBytes)))
        default:
            if let value = try? partition.string(key.rawBytes, .peek) { content = .string(value.text) }
        }
        return content.map { Value(content: $0, encoding: description.encoding, expiry: description.expiry) }
    }

    mutating func check(_ key: [UInt8], _ place: SourceLocation = #_sourceLocation) {
        let (expected, found) = (value(key), stored(key))
        #expect(found == expected, "\(String(decoding: key, as: UTF8.self))", sourceLocation: place)
    }

    /// Compares every key of every database, what scans and lists show, the counts and the accounts.
    mutating func checkAll(_ place: SourceLocation = #_sourceLocation) {
        let former = partition.selected
        for index in databases.indices {
            partition.selected = index
            let live = Set(databases[index].keys.filter { value($0) != nil })
            for key in databases[index].keys { check(key, place) }
            var listed: [[UInt8]] = []
            partition.forEachKey { listed.append($0.makeArray()) }
            #expect(listed.count == live.count && Set(listed) == live, sourceLocation: place)
            var scanned: [[UInt8]] = []
            var cursor: UInt64 = 0
            repeat {
                cursor = partition.scan(from: cursor, minimumCount: 3) { scanned.append($0.makeArray()) }
            } while cursor != 0
            #expect(scanned.count == live.count && Set(scanned) == live, sourceLocation: place)
            // A whole scan has reclaimed what was past its time.
            #expect(partition.keyCount(inDatabase: index) == live.count, sourceLocation: place)
            let expiring = live.count { databases[index][$0]?.expiry != nil }
            #expect(partition.expiringCount(inDatabase: index) == expiring, sourceLocation: place)
            var drawn: [UInt8]?
            let found = partition.withRandomKey { drawn = $0.makeArray() }
            #expect(found == !live.isEmpty && drawn.map(live.contains) ?? !found, sourceLocation: place)
        }
        partition.selected = former
        partition.audit(place)
        checkWatches()
    }
}

internal import SnugMemory

/// Which keys of a database somebody watches, and how often they have changed since: a packed map like the keyspace, so
/// that its bytes are counted.
///
///     payload  ┌────────────┬───────────┐
///              │ watchers 8 │ changes 8 │
///              └────────────┴───────────┘
///
/// A key past its time is as good as absent, so only changes of what a client can see are counted, and reclaiming an
/// expired key is none. That a key which was there has expired meanwhile is seen when the token is checked.
struct WatchTable: ~Copyable {
    private var map: PackedMap
    private let vocabulary: Box<Vocabulary>

    init(vocabulary: Box<Vocabulary>) {
        self.vocabulary = vocabulary
        map = PackedMap(vocabulary: vocabulary, countsShapes: false)
    }

    @inline(__always)
    var isEmpty: Bool { map.count == 0 }
    var count: Int { map.count }
    /// Bytes that the allocator set aside.
    var allocatedByteCount: Int { map.packByteCount + map.outsideByteCount + map.directoryByteCount }

    private func find(_ key: RawSpan) -> WatchCounts? {
        let vocabulary = vocabulary
        vocabulary.value.field.read(key)
        let location = map.locate(vocabulary.value.field)
        return location.isPresent ? WatchCounts(location.cell) : nil
    }

    /// Adds a watcher; returns how many changes there have been.
    mutating func add(_ key: RawSpan) -> UInt64 {
        if let counts = find(key) {
            counts.watchers += 1
            return counts.changes
        }
        let location = map.locate(vocabulary.value.field)
        let counts: [UInt8] = [1] + Array(repeating: 0, count: WatchCounts.byteCount - 1)
        map.store(
            Payload(.rawBytes, counts.rawBytes), expiry: nil, access: nil, at: location, key: vocabulary.value.field)
        return 0
    }

    /// Takes a watcher away; gives all memory back with the last one.
    mutating func remove(_ key: RawSpan) {
        guard let counts = find(key) else { return }
        counts.watchers -= 1
        if counts.watchers == 0 { map.remove(at: map.locate(vocabulary.value.field)) }
    }

    /// How many changes of the key there have been, or nil when nobody watches it.
    func changeCount(of key: RawSpan) -> UInt64? { find(key)?.changes }

    func noteChange(of key: RawSpan) {
        guard let counts = find(key) else { return }
        counts.changes &+= 1
    }

    /// Notes a change of every watched key for which `isChanged` holds.
    func noteChanges(where isChanged: (RawSpan) -> Bool) {
        map.forEach { location in
            let isChanged = Record(location, in: vocabulary).withKey { isChanged($0) }
            if isChanged { WatchCounts(location.cell).changes &+= 1 }
        }
    }
}

/// The payload of a watched key.
private struct WatchCounts {
    static let byteCount = 16
    private let cell: Cell

    init(_ cell: Cell) {
        self.cell = cell
    }

    var watchers: UInt64 {
        get { cell.block.load(UInt64.self, at: cell.offset) }
        nonmutating set { cell.block.store(newValue, at: cell.offset) }
    }

    var changes: UInt64 {
        get { cell.block.load(UInt64.self, at: cell.offset + 8) }
        nonmutating set { cell.block.store(newValue, at: cell.offset + 8) }
    }
}

/// What a session keeps of one WATCH, to be compared at EXEC.
package struct WatchToken: Sendable, Equatable {
    package let database: Int
    package let key: [UInt8]
    let changeCount: UInt64
    /// Whether the key was there and not past its time.
    let wasLive: Bool
}

extension Partition {
    /// Starts watching `key` in the selected database. Every token must be given back by `unwatch`.
    package mutating func watch(_ key: RawSpan) -> WatchToken {
        WatchToken(
            database: selected, key: key.makeArray(), changeCount: databases[selected].value.watches.add(key),
            wasLive: isLive(key, inDatabase: selected))
    }

    package mutating func unwatch(_ token: WatchToken) {
        databases[token.database].value.watches.remove(token.key.rawBytes)
    }

    /// Whether the watched key has been changed or has expired since the token was made.
    package func hasChanged(since token: WatchToken) -> Bool {
        let database = databases[token.database]
        if database.value.watches.changeCount(of: token.key.rawBytes) != token.changeCount { return true }
        return token.wasLive && !isLive(token.key.rawBytes, inDatabase: token.database)
    }

    /// Whether the key is there and not past its time. Reads it with the reader of fields, because the one of keys may
    /// be in use.
    func isLive(_ key: RawSpan, inDatabase index: Int) -> Bool {
        let vocabulary = vocabulary
        vocabulary.value.field.read(key)
        let location = databases[index].value.map.locate(vocabulary.value.field)
        return location.isPresent && !isExpired(location)
    }
}

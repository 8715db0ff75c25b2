internal import SnugMemory

/// Which keys of a database somebody watches, and how often they have changed since. A table of entries like the
/// keyspace, so that its bytes are counted.
///
///     payload  ┌────────────┬───────────┐
///              │ watchers 8 │ changes 8 │
///              └────────────┴───────────┘
///
/// A key past its time is as good as absent, so only changes of what a client can see are counted, and reclaiming an
/// expired key is none. That a key which was there has expired meanwhile is seen when the token is checked.
struct WatchTable: ~Copyable {
    private var entries: EntryTable
    private let hasher: KeyedHash

    init(hasher: KeyedHash) {
        self.hasher = hasher
        entries = EntryTable(hasher: hasher)
    }

    @inline(__always)
    var isEmpty: Bool { entries.count == 0 }
    var count: Int { entries.count }
    /// Bytes that the allocator set aside.
    var allocatedByteCount: Int { entries.entryByteCount + entries.directoryByteCount }

    private func find(_ key: RawSpan) -> Entry? { entries.find(key, hash: entries.hash(of: key)) }

    /// Adds a watcher; returns how many changes there have been.
    mutating func add(_ key: RawSpan) -> UInt64 {
        let entry: Entry
        if let existing = find(key) {
            entry = existing
        } else {
            entry = entries.insert(key, hash: entries.hash(of: key), kind: .bytes, payloadByteCount: 16)
            entry.watcherCount = 0
            entry.changeCount = 0
        }
        entry.watcherCount += 1
        return entry.changeCount
    }

    /// Takes a watcher away; gives all memory back with the last one.
    mutating func remove(_ key: RawSpan) {
        guard let entry = find(key) else { return }
        entry.watcherCount -= 1
        if entry.watcherCount == 0 { entries.remove(entry) }
        if entries.count == 0 { entries = EntryTable(hasher: hasher) }
    }

    /// How many changes of the key there have been, or nil when nobody watches it.
    func changeCount(of key: RawSpan) -> UInt64? { find(key)?.changeCount }

    func noteChange(of key: RawSpan) {
        guard let entry = find(key) else { return }
        entry.changeCount &+= 1
    }

    /// Notes a change of every watched key for which `isChanged` holds.
    func noteChanges(where isChanged: (RawSpan) -> Bool) {
        entries.forEach { entry in
            if isChanged(entry.key(of: entry.block)) { entry.changeCount &+= 1 }
        }
    }
}

extension Entry {
    fileprivate var watcherCount: UInt64 {
        get { block.load(UInt64.self, at: payloadOffset) }
        nonmutating set { block.store(newValue, at: payloadOffset) }
    }

    fileprivate var changeCount: UInt64 {
        get { block.load(UInt64.self, at: payloadOffset + 8) }
        nonmutating set { block.store(newValue, at: payloadOffset + 8) }
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

    /// Whether the key is there and not past its time.
    func isLive(_ key: RawSpan, inDatabase index: Int) -> Bool {
        let database = databases[index]
        let hash = database.value.entries.hash(of: key)
        guard let entry = database.value.entries.find(key, hash: hash) else { return false }
        return !isExpired(entry)
    }
}

package import SnugMemory

/// The databases that one thread owns, and everything that a command does to them. Callers set `now` and `selected`
/// before each command; nothing here reads a clock, and all chances come from `random`.
///
/// Operations live in extensions by type: `Types/String`, `Types/Hash`, and `Keyspace` for what works on any key. They
/// return what they found, throw `EngineError` for what cannot be done, and know nothing of any protocol.
package struct Partition: ~Copyable {
    /// One `Database` each, by index. Boxes, so that SWAPDB exchanges two words.
    var databases: [Box<Database>]
    let hasher: KeyedHash
    package var random: RandomSource

    /// The time of the current command, milliseconds since 1970.
    package var now: Int64 = 0
    /// The database of the current command, `0..<databaseCount`.
    package var selected = 0
    /// Whether the current command counts as a use of the keys that it reads (CLIENT NO-TOUCH).
    package var recordsAccess = true
    /// Whether keys that are past their time are removed when they are met by a read. They are never shown either way.
    package var reclaimsExpired = true

    package var limits = EncodingLimits()
    package var accessClock = AccessClock()
    package var statistics = KeyspaceStatistics()
    /// How many changes have been made, as `rdb_changes_since_last_save` counts them.
    package var changeCount: UInt64 = 0

    package init(databaseCount: Int, hasher: KeyedHash, seed: UInt64) {
        precondition(databaseCount > 0)
        self.hasher = hasher
        random = RandomSource(seed: seed)
        databases = (0..<databaseCount).map { _ in Box(Database(hasher: hasher)) }
    }

    deinit {
        for database in databases { database.destroy() }
    }

    package var databaseCount: Int { databases.count }

    /// Bytes of nested hash tables in the selected database.
    var nestedByteCount: Int {
        get { databases[selected].value.nestedByteCount }
        nonmutating set { databases[selected].value.nestedByteCount = newValue }
    }

    /// How many keys the database holds, those past their time included until they are reclaimed.
    package func keyCount(inDatabase index: Int) -> Int { databases[index].value.entries.count }

    /// How many keys of the database have an expiry.
    package func expiringCount(inDatabase index: Int) -> Int { databases[index].value.entries.expiringCount }

    // MARK: Looking up

    package enum Access {
        /// Counts a hit or a miss and is a use of the key.
        case read
        /// Counts a hit or a miss but is no use of the key, like EXISTS and TTL.
        case readWithoutUse
        /// Is a use of the key and counts nothing.
        case write
        /// Leaves no trace, like OBJECT.
        case peek
    }

    /// The live entry of `key` in the selected database. An entry past its time is reclaimed and not returned.
    mutating func lookup(_ key: RawSpan, _ access: Access) -> Entry? {
        lookup(key, hash: databases[selected].value.entries.hash(of: key), access)
    }

    mutating func lookup(_ key: RawSpan, hash: UInt32, _ access: Access) -> Entry? {
        guard let entry = databases[selected].value.entries.find(key, hash: hash), !reclaimIfExpired(entry, access)
        else {
            if access == .read || access == .readWithoutUse { statistics.misses &+= 1 }
            return nil
        }
        switch access {
        case .read:
            statistics.hits &+= 1
            noteUse(of: entry)
        case .readWithoutUse: statistics.hits &+= 1
        case .write: noteUse(of: entry)
        case .peek: break
        }
        return entry
    }

    /// Notes that the key was used now, for LRU and LFU.
    mutating func noteUse(of entry: Entry) {
        guard recordsAccess else { return }
        entry.access = accessClock.touched(entry.access, now: now, random: &random)
    }

    /// Whether the entry is past its time.
    @inline(__always)
    func isExpired(_ entry: Entry) -> Bool {
        guard let expiry = entry.expiry else { return false }
        return expiry <= now
    }

    /// Whether the entry is past its time; if so it is removed. While reclaiming is paused reads leave it where it is,
    /// but a write must not find the place taken.
    @inline(__always)
    private mutating func reclaimIfExpired(_ entry: Entry, _ access: Access) -> Bool {
        guard isExpired(entry) else { return false }
        if reclaimsExpired || access == .write { reclaim(entry) }
        return true
    }

    /// Removes an entry of the selected database because its time has passed.
    @inline(never)
    mutating func reclaim(_ entry: Entry) {
        statistics.expired &+= 1
        discard(entry)
    }

    // MARK: Changing

    /// Removes the entry from the selected database without counting a change.
    mutating func discard(_ entry: Entry) {
        nestedByteCount -= entry.nestedByteCount
        databases[selected].value.entries.remove(entry)
    }

    /// Frees what the entry refers to because its payload is about to be replaced.
    mutating func releasePayload(of entry: Entry) {
        switch entry.kind {
        case .bytes, .rawBytes, .integer: return
        case .hashTable: nestedByteCount -= entry.nestedByteCount
        case .listpack: databases[selected].value.entries.entryByteCount -= entry.payloadAllocatedByteCount
        }
        entry.destroyPayload()
    }

    /// Notes that `key` of the selected database has been changed, `count` changes in all.
    @inline(__always)
    package mutating func noteChange(of key: RawSpan, count: Int = 1) {
        changeCount &+= UInt64(count)
        if !databases[selected].value.watches.isEmpty { noteWatched(key) }
    }

    @inline(never)
    private mutating func noteWatched(_ key: RawSpan) {
        databases[selected].value.watches.noteChange(of: key)
    }
}

/// Counters that INFO shows.
package struct KeyspaceStatistics: Sendable {
    /// Reads that found their key.
    package var hits: UInt64 = 0
    /// Reads that did not.
    package var misses: UInt64 = 0
    /// Keys that were removed because their time had passed.
    package var expired: UInt64 = 0

    package init() {}
}

package import SnugMemory

/// The databases that one thread owns, and everything that a command does to them. Callers set `now` and `selected`
/// before each command; nothing here reads a clock, and all chances come from `random`.
///
/// Operations live in extensions by type: `Types/String`, `Types/Hash`, and `Keyspace` for what works on any key. They
/// return what they found, throw `EngineError` for what cannot be done, and know nothing of any protocol.
package struct Partition: ~Copyable {
    private let staysInPlace = StaysInPlace()
    /// One `Database` each, by index. Boxes, so that SWAPDB exchanges two words.
    var databases: [Box<Database>]
    /// What the maps of all databases share.
    let vocabulary: Box<Vocabulary>
    package var random: RandomSource

    /// The time of the current command, milliseconds since 1970.
    package var now: Int64 = 0
    /// The database of the current command, `0..<databaseCount`.
    package var selected = 0
    /// Whether the current command counts as a use of the keys that it reads (CLIENT NO-TOUCH).
    package var recordsAccess = true
    /// Whether keys that are past their time are removed when they are met by a read. They are never shown either way.
    package var reclaimsExpired = true

    private var lastLookup = LastLookup()
    var compaction = CompactionProgress()
    var announcements = Announcements()
    package var limits = EncodingLimits()
    package var accessClock = AccessClock()
    package var statistics = KeyspaceStatistics()
    /// Which values have changed their encoding because of a limit.
    package var encodings = EncodingJournal()
    /// How many changes have been made, as `rdb_changes_since_last_save` counts them.
    package var changeCount: UInt64 = 0

    /// `packByteCountMean` is how many bytes packs have on average when a map grows; tests make it small.
    package init(databaseCount: Int, hasher: KeyedHash, seed: UInt64, packByteCountMean: Int = 1_152) {
        precondition(databaseCount > 0)
        let vocabulary = Box(Vocabulary(hasher: hasher, packByteCountMean: packByteCountMean))
        self.vocabulary = vocabulary
        random = RandomSource(seed: seed)
        databases = (0..<databaseCount).map { _ in Box(Database(vocabulary: vocabulary)) }
    }

    deinit {
        for database in databases { database.destroy() }
        vocabulary.destroy()
    }

    package var databaseCount: Int { databases.count }

    /// How many keys the database holds, those past their time included until they are reclaimed.
    package func keyCount(inDatabase index: Int) -> Int { databases[index].value.map.count }

    /// How many keys of the database have an expiry.
    package func expiringCount(inDatabase index: Int) -> Int { databases[index].value.map.expiringCount }

    /// How many keys of the database are hashes with fields that expire.
    package func expiringHashCount(inDatabase index: Int) -> Int { databases[index].value.map.expiringHashCount }

    // MARK: Looking up

    package enum Access {
        /// Counts a hit or a miss and is a use of the key.
        case read
        /// Counts a hit or a miss but is no use of the key, like EXISTS and TTL.
        case readWithoutUse
        /// Is a use of the key and counts nothing.
        case write
        /// Counts nothing and is no use: the record is about to go.
        case removal
        /// Leaves no trace, like OBJECT.
        case peek
    }

    /// Where the live record of `key` in the selected database is. A record past its time is reclaimed and not found.
    mutating func lookup(_ key: RawSpan, _ access: Access) -> PackedMap.Location? {
        let location = locate(key, access)
        return location.isPresent ? location : nil
    }

    /// As `lookup`, but says also where the record would go.
    mutating func locate(_ key: RawSpan, _ access: Access) -> PackedMap.Location {
        let vocabulary = vocabulary
        vocabulary.value.key.read(key)
        var location = locateKey()
        if let expiry = location.expiry, expiry <= now { location = passExpired(location, access) }
        if map.value.map.expiringHashCount > 0 && mayHaveExpiredFields(location) {
            reclaimFields(of: key, at: location)
            location = map.value.map.locate(vocabulary.value.key)
        }
        if access == .read || access == .readWithoutUse { statistics.note(isHit: location.isPresent) }
        if location.isPresent && recordsAccess && (access == .read || access == .write) { noteUse(of: &location) }
        return location
    }

    /// As `locate`, in line, for a key of which nothing has to be done but to look for it; nil when `locate` must be
    /// asked. For the commands that come most: each use is a copy of the whole search, whose result stays in registers.
    @inline(__always)
    mutating func glance(at key: RawSpan, _ access: Access) -> PackedMap.Location? {
        let vocabulary = vocabulary
        vocabulary.value.key.read(key)
        guard !keepsAccess, map.value.map.expiringHashCount == 0, isNewLookup() else { return nil }
        let location = map.value.map.locate(vocabulary.value.key)
        if let expiry = location.expiry, expiry <= now { return nil }
        if access == .read || access == .readWithoutUse { statistics.note(isHit: location.isPresent) }
        return location
    }

    /// Where the record of the key that was read last is, or would go. When it is the same key as at the last two
    /// lookups, and nothing has moved since, that is known.
    @inline(__always)
    private mutating func locateKey() -> PackedMap.Location {
        let vocabulary = vocabulary
        if isNewLookup() { return map.value.map.locate(vocabulary.value.key) }
        if vocabulary.value.layoutNumber != lastLookup.layoutNumber { noteLookup() }
        assert(lastLookup.location.isSame(as: map.value.map.locate(vocabulary.value.key)), "a location that is spent")
        return lastLookup.location
    }

    /// Whether the key that was read last is another than that of the lookup before; then it is noted. A key that comes
    /// once is not worth noting where it is.
    @inline(__always)
    private mutating func isNewLookup() -> Bool {
        let readCount = vocabulary.value.key.readCount
        if readCount == lastLookup.readCount && map.bits == lastLookup.database { return false }
        lastLookup.readCount = readCount
        lastLookup.database = map.bits
        lastLookup.layoutNumber = LastLookup.unknown
        lastLookup.usedAt = LastLookup.never
        return true
    }

    @inline(never)
    private mutating func noteLookup() {
        let vocabulary = vocabulary
        lastLookup.layoutNumber = vocabulary.value.layoutNumber
        lastLookup.location = map.value.map.locate(vocabulary.value.key)
    }

    /// The selected database.
    @inline(__always)
    var map: Box<Database> { databases[selected] }

    /// Whether access data are kept in the selected database: while a setting needs them or somebody has asked for
    /// them, and while there are so few keys that they cost next to nothing.
    var keepsAccess: Bool {
        accessClock.isNeeded || accessClock.isAsked || map.value.map.count < accessClock.keyCountAlwaysKept
    }

    /// Notes that somebody has asked for access data. Where there are so many keys that they were not kept, they are
    /// from now on, for the keys that are used.
    package mutating func noteAccessAsked() {
        if !keepsAccess { accessClock.isAsked = true }
    }

    /// Notes that the key was used now, for LRU and LFU. The location is good for use afterwards. LRU has no need to
    /// know it twice in a millisecond.
    @inline(__always)
    private mutating func noteUse(of location: inout PackedMap.Location) {
        if lastLookup.usedAt == now && !accessClock.isLFU { return }
        lastLookup.usedAt = now
        if keepsAccess { noteAccess(of: &location) }
    }

    @inline(never)
    private mutating func noteAccess(of location: inout PackedMap.Location) {
        let former = location.access
        let access = former.map { accessClock.touched($0, now: now, random: &random) } ?? accessClock.initial(now: now)
        if former == access { return }
        map.value.map.setAccess(access, at: location)
        if former == nil { location = map.value.map.locate(vocabulary.value.key) }
    }

    /// Whether a record is past its time, or a hash all of whose fields are.
    @inline(__always)
    func isExpired(_ location: PackedMap.Location) -> Bool {
        if let expiry = location.expiry, expiry <= now { return true }
        return map.value.map.expiringHashCount > 0 && hasOnlyExpiredFields(location)
    }

    /// What a lookup that met a record past its time goes on with. While reclaiming is paused reads leave it where it
    /// is, but a write must not find the place taken.
    @inline(never)
    private mutating func passExpired(_ location: PackedMap.Location, _ access: Access) -> PackedMap.Location {
        guard reclaimsExpired || access == .write || access == .removal else {
            return PackedMap.Location(bucket: location.bucket, index: location.index)
        }
        reclaim(location)
        return map.value.map.locate(vocabulary.value.key)
    }

    /// Removes a record of the selected database because its time has passed.
    mutating func reclaim(_ location: PackedMap.Location) {
        statistics.expired &+= 1
        map.value.map.remove(at: location)
    }

    // MARK: Changing

    /// Stores a record at the place that `locate` found for the key that was read last.
    @inline(__always)
    mutating func store(
        _ payload: borrowing Payload, expiry: Int64?, at location: PackedMap.Location, keepsFormer: Bool = false,
        elements: ElementFigures? = nil
    ) {
        if expiry != nil {
            let vocabulary = vocabulary
            vocabulary.value.noteExpiry(now: now)
        }
        let access = keepsAccess ? location.access ?? accessClock.initial(now: now) : nil
        map.value.map.store(
            payload, expiry: expiry, access: access, at: location, key: vocabulary.value.key,
            keepsFormer: keepsFormer, elements: elements)
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

/// The key that was looked up last, as `KeyReader.readCount` numbers it.
private struct LastLookup {
    static let unknown = UInt64.max
    static let never = Int64.min

    var readCount: UInt64 = 0
    /// The bits of the database's box.
    var database: UInt64 = 0
    /// `Vocabulary.layoutNumber` when `location` was good, or `unknown`.
    var layoutNumber = unknown
    var location = PackedMap.Location(bucket: 0, index: 0)
    /// The time of its last use, or `never`.
    var usedAt = never
}

/// Counters that INFO shows.
package struct KeyspaceStatistics: Sendable {
    /// Reads that found their key.
    package var hits: UInt64 = 0
    /// Reads that did not.
    package var misses: UInt64 = 0
    /// Keys that were removed because their time had passed.
    package var expired: UInt64 = 0
    /// Fields of hashes that were.
    package var expiredFields: UInt64 = 0

    package init() {}

    @inline(__always)
    mutating func note(isHit: Bool) {
        if isHit { hits &+= 1 } else { misses &+= 1 }
    }
}

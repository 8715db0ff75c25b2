internal import SnugMemory

/// The keys of commands that have come and are not yet run; while they all name one key, the fields or members of it.
/// What refers to collections is good until `prefetchAnnounced` only.
struct Announcements {
    /// From so many bytes on it is worth it. Tests make it small.
    var byteCountMin = PackedMap.cachedByteCountMax
    /// After announcements that were of no use, so many times none are asked for.
    fileprivate static let pauseLength = 31
    fileprivate var pause = 0
    fileprivate var keys = PrefetchQueue()
    fileprivate var elements = PrefetchQueue()
    /// The key that was announced last.
    fileprivate var lastHash: UInt64 = 0
    fileprivate var lastIndex = 0
    /// The collection that it holds, once it was looked for.
    fileprivate var collection = Collection.unknown

    fileprivate enum Collection {
        case unknown
        /// Something else, or too small.
        case none
        case hash(Box<FieldTable>)
        case set(Box<MemberTable>)
        case sortedSet(Box<SortedSetTable>)
    }
}

/// Prefetching for several commands at once, those of a pipeline or of several clients. So many as `PrefetchQueue` has
/// room for are of use.
extension Partition {
    /// Forgets the commands that were announced before.
    package mutating func beginAnnouncing() {
        let vocabulary = vocabulary
        vocabulary.value.key.forgetAnnounced()
        vocabulary.value.field.forgetAnnounced()
        announcements.keys = PrefetchQueue()
        announcements.collection = .unknown
    }

    /// Whether the next commands are to be announced: when the selected database is so large that they wait for the
    /// memory, and while that is because of its keys or of collections in which they can be looked for.
    package mutating func wantsAnnouncements() -> Bool {
        if map.value.map.usedByteCount >= announcements.byteCountMin { return true }
        guard map.value.map.outsideByteCount >= announcements.byteCountMin else { return false }
        if announcements.pause == 0 { return true }
        announcements.pause -= 1
        return false
    }

    /// Notes that a command of the selected database will come whose first argument is `key`. `second` and `last` are
    /// arguments of it too, of which one is a field or a member if the key holds a collection. When they are anything
    /// else some time is lost, and nothing more. No key may change before `prefetchAnnounced`.
    package mutating func announce(_ key: RawSpan, second: RawSpan, last: RawSpan) {
        let vocabulary = vocabulary
        guard let reader = vocabulary.value.key.announce(key, hasher: vocabulary.value.hasher) else { return }
        let (hash, index) = (reader.value.hash, reader.value.index)
        if announcements.keys.count > 0 && hash == announcements.lastHash {
            if index == announcements.lastIndex { announceElement(of: reader, second: second, last: last) }
            return
        }
        announcements.keys.append(hash)
        (announcements.lastHash, announcements.lastIndex) = (hash, index)
        announcements.collection = .unknown
    }

    /// Notes a field or a member of the collection under a key.
    private mutating func announceElement(of key: Box<KeyReader>, second: RawSpan, last: RawSpan) {
        if case .unknown = announcements.collection {
            announcements.collection = collection(under: key)
            announcements.elements = PrefetchQueue()
        }
        let element: RawSpan
        switch announcements.collection {
        case .unknown, .none: return
        case .hash, .set: element = second
        case .sortedSet: element = last
        }
        let vocabulary = vocabulary
        guard let reader = vocabulary.value.field.announce(element, hasher: vocabulary.value.hasher) else { return }
        announcements.elements.append(reader.value.hash)
    }

    private func collection(under key: Box<KeyReader>) -> Announcements.Collection {
        let location = map.value.map.locate(key.value)
        guard location.isPresent, location.cell.kind == .reference else { return .none }
        let reference = location.cell.reference
        let byteCountMin = announcements.byteCountMin
        switch reference.kind {
        case .table:
            return reference.table.value.map.usedByteCount < byteCountMin ? .none : .hash(reference.table)
        case .memberTable:
            return reference.memberTable.value.map.usedByteCount < byteCountMin ? .none : .set(reference.memberTable)
        case .sortedSetTable:
            let table = reference.sortedSetTable
            return table.value.map.usedByteCount < byteCountMin ? .none : .sortedSet(table)
        case .bytes, .rawBytes, .compact, .listTable, .stream: return .none
        }
    }

    /// Brings what the announced commands will read into the processor's caches, and what they move if they are there
    /// to remove keys or elements. Then others may be announced.
    package mutating func prefetchAnnounced(forRemoval: Bool) {
        let isLarge = map.value.map.usedByteCount >= announcements.byteCountMin
        if isLarge { map.value.map.prefetch(announcements.keys, forRemoval: forRemoval) }
        switch announcements.collection {
        case .unknown, .none: if !isLarge { announcements.pause = Announcements.pauseLength }
        case .hash(let table): table.value.map.prefetch(announcements.elements, forRemoval: forRemoval)
        case .set(let table): table.value.map.prefetch(announcements.elements, forRemoval: forRemoval)
        case .sortedSet(let table): table.value.map.prefetch(announcements.elements, forRemoval: forRemoval)
        }
        announcements.collection = .unknown
    }
}

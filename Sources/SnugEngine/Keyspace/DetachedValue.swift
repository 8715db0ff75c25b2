package import SnugMemory

/// A value that belongs to no key yet: made element by element, and put under a key when it is whole. Until
/// `Partition.store` or `discard` has taken it no key of the partition may be touched, and no second one made.
package enum DetachedValue: ~Copyable {
    case string(GrowableBytes)
    case set(OpenSet)
    case sortedSet(OpenSortedSet)
    case hash(OpenHash)
    case list(OpenList)
    case stream(OpenStream)
}

/// Values that come as a whole, from a payload or a file.
extension Partition {
    // MARK: Making

    /// A set without members. `count` is how many are to come: too many for an intset make a hashtable at once.
    package func newSet(ofMemberCount count: Int) -> OpenSet {
        var set = newSet(.integers)
        if count > limits.setIntegerSetEntriesMax { set.makeHashTable() }
        return set
    }

    /// A set without members that was an intset or a listpack of `count` members and becomes a hashtable when those are
    /// too many. How long they are does not matter before it is changed, as in Redis.
    package func newSet(ofIntegers: Bool, count: Int) -> OpenSet {
        var limits = limits
        limits.setListpackValueMax = .max
        var set = OpenSet(ofIntegers ? .integers : .members, vocabulary, limits)
        set.prepare(for: count)
        return set
    }

    /// A sorted set without members. `count` is how many are to come: too many for a listpack make a skiplist at once,
    /// and so does one that is too long unless `wasListpack`.
    package func newSortedSet(ofMemberCount count: Int, wasListpack: Bool) -> OpenSortedSet {
        var limits = limits
        if wasListpack { limits.sortedSetListpackValueMax = .max }
        var set = OpenSortedSet(vocabulary, limits)
        set.prepare(for: count)
        return set
    }

    /// A list without elements.
    package func newList() -> OpenList {
        open(listAt: PackedMap.Location(bucket: 0, index: 0))
    }

    /// A stream without entries.
    package func newStream() -> OpenStream {
        OpenStream(
            stream: Box(EntryStream(scratch: vocabulary.value.streams)),
            place: OpenPlace(PackedMap.Location(bucket: 0, index: 0), in: vocabulary))
    }

    /// A hash without fields, to be put under `key`. `count` is how many are to come: too many for a listpack make a
    /// hashtable at once.
    package mutating func newHash(ofFieldCount count: Int, for key: RawSpan) -> OpenHash {
        let vocabulary = vocabulary
        vocabulary.value.key.read(key)
        var hash = open(PackedMap.Location(bucket: 0, index: 0))
        let entriesMax = limits.hashListpackEntriesMax
        if count > entriesMax {
            makeHashTable(&hash, because: LimitReached(.hashEntries, setting: entriesMax, value: count))
        }
        return hash
    }

    /// Sets a field of a hash that is being made, which expires at `expiry`, milliseconds since 1970, unless that is
    /// nil. False when the field is there. One whose time is past is left out. One that is too long for a listpack
    /// makes a hashtable unless the hash `wasListpack`.
    package mutating func addField(
        _ field: RawSpan, _ value: RawSpan, expiry: Int64?, wasListpack: Bool, to hash: inout OpenHash
    ) -> Bool {
        let longest = max(field.byteCount, value.byteCount)
        let longestMax = wasListpack ? .max : limits.hashListpackValueMax
        if longest > longestMax {
            makeHashTable(&hash, because: LimitReached(.hashValue, setting: longestMax, value: longest))
        }
        guard setField(field, to: value, in: &hash) else { return false }
        if let expiry { _ = setExpiry(of: field, to: expiry, in: &hash) }
        return true
    }

    // MARK: Ending

    /// Puts a value under `key`, whatever is there, to expire at `expiry`, milliseconds since 1970, or never if nil. A
    /// value without elements removes the key. `access` is its access data, nil for those of a key that is made now.
    package mutating func store(
        _ value: consuming DetachedValue, under key: RawSpan, expiry: Int64?, access: UInt32?
    ) {
        let former = locate(key, .removal)
        if former.isPresent { map.value.map.remove(at: former) }
        let location = locate(key, .peek)
        switch consume value {
        case .string(let bytes):
            storeString(bytes.bytes, expiry: nil, at: location)
            noteChange(of: key)
        case .set(var set):
            set.place = OpenPlace(location, in: vocabulary)
            closeSet(key, &set, changeCount: 1)
        case .sortedSet(var set):
            set.place = OpenPlace(location, in: vocabulary)
            closeSortedSet(key, &set, changeCount: 1)
        case .list(var list):
            list.place = OpenPlace(location, in: vocabulary)
            closeList(key, &list, changeCount: 1)
        case .stream(let open):
            let placed = OpenStream(stream: open.stream, place: OpenPlace(location, in: vocabulary))
            closeStream(key, placed, changeCount: 1)
        case .hash(let hash): closeHash(key, hash.placed(at: location), changeCount: 1)
        }
        complete(key, expiry: expiry, access: access)
    }

    /// Gives a key that has just been stored its expiry and its access data.
    private mutating func complete(_ key: RawSpan, expiry: Int64?, access: UInt32?) {
        guard expiry != nil || access != nil else { return }
        var location = locate(key, .peek)
        guard location.isPresent else { return }
        if let expiry {
            let vocabulary = vocabulary
            vocabulary.value.noteExpiry(now: now)
            map.value.map.setExpiry(expiry, at: location)
            location = map.value.map.locate(vocabulary.value.key)
        }
        if let access, keepsAccess { map.value.map.setAccess(access, at: location) }
    }

    /// Forgets a value that has been made.
    package mutating func discard(_ value: consuming DetachedValue) {
        switch consume value {
        case .hash(let hash): discard(hash)
        case .stream(let open): discard(open)
        default: break
        }
    }

    /// Forgets a hash that has been made.
    package mutating func discard(_ hash: consuming OpenHash) {
        if let table = hash.table { return table.destroy() }
        let vocabulary = vocabulary
        CompactHash.releaseNames(of: vocabulary.value.hashText.bytes, names: &vocabulary.value.names)
        vocabulary.value.hashText.truncate(to: 0)
    }
}

extension OpenHash {
    /// The same hash, to be put back at another place.
    fileprivate func placed(at location: PackedMap.Location) -> OpenHash {
        var placed = OpenHash(form: form, tally: tally, location: location)
        placed.hasPassedLimit = hasPassedLimit
        return placed
    }
}

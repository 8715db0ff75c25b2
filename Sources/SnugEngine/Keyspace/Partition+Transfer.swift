internal import SnugMemory

/// Giving a value another key or another database.
extension Partition {
    /// Gives the value of `source`, with its expiry, the key `destination`, whose own value goes. False when
    /// `onlyIfNew` and the destination is there; with `source` as destination that is always so, and otherwise nothing
    /// happens. Throws `noSuchKey`. Costs a copy of a string, not of what has parts.
    package mutating func rename(
        _ source: RawSpan, to destination: RawSpan, onlyIfNew: Bool
    ) throws(EngineError) -> Bool {
        guard let entry = lookup(source, .write) else { throw .noSuchKey }
        if source.isEqual(to: destination) { return !onlyIfNew }
        if let existing = lookup(destination, .write) {
            if onlyIfNew { return false }
            discard(existing)
        }
        hand(entry, to: destination, in: selected)
        noteChange(of: source, count: 0)
        noteChange(of: destination)
        return true
    }

    /// Moves the key with its value and expiry to another database. False when it is not there, or there already.
    /// Throws `noSuchDatabase` and `sameKey`. Costs a copy of a string, not of what has parts.
    package mutating func move(_ key: RawSpan, toDatabase index: Int) throws(EngineError) -> Bool {
        guard databases.indices.contains(index) else { throw .noSuchDatabase }
        guard index != selected else { throw .sameKey }
        guard let entry = lookup(key, .write) else { return false }
        let isTaken = inDatabase(index) { $0.lookup(key, .write) != nil }
        if isTaken { return false }
        hand(entry, to: key, in: index)
        noteChange(of: key, count: 0)
        inDatabase(index) { $0.noteChange(of: key) }
        return true
    }

    /// Copies the value of `source` with its expiry. False when it is not there, or when the destination is and is not
    /// to be replaced. Throws `noSuchDatabase` and `sameKey`. Costs as much as the value has parts.
    package mutating func copy(
        _ source: RawSpan, to destination: RawSpan, inDatabase index: Int, replacing: Bool
    ) throws(EngineError) -> Bool {
        guard databases.indices.contains(index) else { throw .noSuchDatabase }
        if index == selected && source.isEqual(to: destination) { throw .sameKey }
        guard let entry = lookup(source, .read) else { return false }
        let isFree = inDatabase(index) { partition in
            guard let existing = partition.lookup(destination, .write) else { return true }
            if replacing { partition.discard(existing) }
            return replacing
        }
        guard isFree else { return false }
        inDatabase(index) { partition in
            let copy = partition.insertTwin(of: entry, as: destination)
            if copy.kind.hasWord { copy.word = entry.copiedWord() }
            copy.access = partition.accessClock.initial(now: partition.now)
            partition.addPayloadBytes(of: copy)
            partition.noteChange(of: destination)
        }
        return true
    }

    /// Runs `body` with another database selected.
    private mutating func inDatabase<Result>(_ index: Int, _ body: (inout Partition) -> Result) -> Result {
        let former = selected
        selected = index
        defer { selected = former }
        return body(&self)
    }

    /// Makes an entry for `key` in database `index` that takes over what `entry` of the selected database has and
    /// refers to; `entry` is gone afterwards. The key must not be there. Notes no change.
    private mutating func hand(_ entry: Entry, to key: RawSpan, in index: Int) {
        let nested = entry.nestedByteCount
        let payload = entry.payloadAllocatedByteCount
        inDatabase(index) { partition in
            let twin = partition.insertTwin(of: entry, as: key)
            twin.access = entry.access
            partition.addPayloadBytes(of: twin)
        }
        databases[selected].value.nestedByteCount -= nested
        databases[selected].value.entries.entryByteCount -= payload
        databases[selected].value.entries.unlink(entry)
    }

    /// Makes an entry for `key` in the selected database with the kind, payload bytes and expiry of `entry`, which may
    /// lie in another. The key must not be there.
    private mutating func insertTwin(of entry: Entry, as key: RawSpan) -> Entry {
        let hash = databases[selected].value.entries.hash(of: key)
        let twin = databases[selected].value.entries.insert(
            key, hash: hash, kind: entry.kind, payloadByteCount: entry.payloadByteCount)
        twin.block.store(entry.payload(of: entry.block), at: twin.payloadOffset)
        return databases[selected].value.entries.setExpiry(of: twin, to: entry.expiry)
    }

    /// Counts what the payload of a new entry refers to.
    private mutating func addPayloadBytes(of entry: Entry) {
        databases[selected].value.entries.entryByteCount += entry.payloadAllocatedByteCount
        nestedByteCount += entry.nestedByteCount
    }
}

extension Entry.Kind {
    /// Whether the payload is one word that may refer to something.
    fileprivate var hasWord: Bool { self != .bytes && self != .rawBytes }
}

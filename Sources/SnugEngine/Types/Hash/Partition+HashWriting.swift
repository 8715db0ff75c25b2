internal import SnugMemory

/// Hashes: setting and removing fields.
///
/// A command that changes several fields opens the hash once, changes it through the entry that it got, and notes the
/// changes at the end. The entry stays valid until its key is removed.
///
/// The encoding follows Redis: a listpack becomes a table before a write when the command brings more pairs than
/// `hashListpackEntriesMax`, anything longer than `hashListpackValueMax`, or more bytes than a listpack holds; and
/// after each pair when it then has more fields than the limit. A table stays one.
extension Partition {
    /// The hash under `key`, made if there is none and ready for `addition`; the caller sets at least one field. Throws
    /// `wrongType` before anything is changed.
    package mutating func openHash(_ key: RawSpan, for addition: HashAddition) throws(EngineError) -> Entry {
        openHash(key, existing: try hashEntry(key, .write), for: addition)
    }

    /// As above, for a hash that has been looked up already.
    mutating func openHash(_ key: RawSpan, existing: Entry?, for addition: HashAddition) -> Entry {
        guard let entry = existing else { return makeHash(key, for: addition) }
        if entry.kind == .listpack && exceedsListpack(addition, entry.listpack) { convertToTable(entry) }
        return entry
    }

    private mutating func makeHash(_ key: RawSpan, for addition: HashAddition) -> Entry {
        let hash = databases[selected].value.entries.hash(of: key)
        let entry = databases[selected].value.entries.insert(key, hash: hash, kind: .listpack, payloadByteCount: 8)
        entry.access = accessClock.initial(now: now)
        // A pair takes at least four bytes beside its text: one before and one behind each of the two.
        let room = addition.byteCount + 4 * addition.pairCount
        let isListpack = !exceedsListpack(addition, nil)
        entry.listpack = Listpack.make(reserving: isListpack ? room : 0)
        databases[selected].value.entries.entryByteCount += entry.payloadAllocatedByteCount
        if !isListpack { convertToTable(entry) }
        return entry
    }

    /// Whether a hash that is held by `listpack`, or is yet empty, cannot take `addition` as a listpack.
    private func exceedsListpack(_ addition: HashAddition, _ listpack: Listpack?) -> Bool {
        addition.pairCount > limits.hashListpackEntriesMax || addition.longestByteCount > limits.hashListpackValueMax
            || (listpack?.byteCount ?? ListpackLayout.emptyByteCount) > ListpackLayout.safeByteCountMax
                - addition.byteCount
    }

    /// Sets a field of an open hash. True when the field is new.
    package mutating func setField(_ field: RawSpan, to value: RawSpan, in entry: Entry) -> Bool {
        setField(field, to: StringValue(reading: value), in: entry)
    }

    /// As above, for a value that is an integer if its text is one's.
    package mutating func setField(_ field: RawSpan, to value: StringValue, in entry: Entry) -> Bool {
        guard entry.kind == .listpack else {
            return changeTable(of: entry) { $0.setField(field, to: value) }
        }
        let isNew = changeListpack(of: entry) { $0.setField(field, to: value) }
        if entry.fieldCount > limits.hashListpackEntriesMax { convertToTable(entry) }
        return isNew
    }

    /// Notes that a command has set `pairCount` pairs of the open hash `entry`, and trims the room that was reserved
    /// for them.
    package mutating func closeHash(_ key: RawSpan, _ entry: Entry, pairCount: Int) {
        if entry.kind == .listpack { changeListpack(of: entry) { $0.giveBack() } }
        noteChange(of: key, count: pairCount)
    }

    /// Removes a field of an open hash. False when it is not there. The last field may go: `closeHash(removed:)` then
    /// removes the key.
    package mutating func removeField(_ field: RawSpan, from entry: Entry) -> Bool {
        guard entry.kind == .listpack else {
            return changeTable(of: entry) { $0.remove(field, hash: $0.hash(of: field)) }
        }
        return changeListpack(of: entry) { $0.removeField(field) }
    }

    /// Notes that a command has removed `removed` fields of the hash `entry` under `key`; an empty hash is removed.
    package mutating func closeHash(_ key: RawSpan, _ entry: Entry, removed: Int) {
        guard removed > 0 else { return }
        if entry.fieldCount == 0 { discard(entry) }
        noteChange(of: key, count: removed)
    }

    // MARK: One pair

    /// Sets one field of the hash under `key`. True when the field is new. Throws `wrongType`.
    @discardableResult
    package mutating func setHashValue(
        _ key: RawSpan, _ field: RawSpan, to value: RawSpan
    ) throws(EngineError) -> Bool {
        let entry = try openHash(key, for: HashAddition(field, value))
        let isNew = setField(field, to: value, in: entry)
        closeHash(key, entry, pairCount: 1)
        return isNew
    }

    /// Sets one field of the hash under `key` unless it is there. True when it was set. Throws `wrongType`.
    package mutating func setHashValueIfAbsent(
        _ key: RawSpan, _ field: RawSpan, to value: RawSpan
    ) throws(EngineError) -> Bool {
        let existing = try hashEntry(key, .write)
        if let existing, existing.hasField(field) { return false }
        let entry = openHash(key, existing: existing, for: HashAddition(field, value))
        let isNew = setField(field, to: value, in: entry)
        closeHash(key, entry, pairCount: 1)
        return isNew
    }

    // MARK: Keeping accounts

    /// Lets `change` work on the entry's listpack and follows its block.
    @inline(__always)
    private mutating func changeListpack<Result>(of entry: Entry, _ change: (inout Listpack) -> Result) -> Result {
        var listpack = entry.listpack
        let before = listpack.block.allocatedByteCount
        let result = change(&listpack)
        entry.listpack = listpack
        databases[selected].value.entries.entryByteCount += listpack.block.allocatedByteCount - before
        return result
    }

    /// Lets `change` work on the entry's table and follows its bytes.
    @inline(__always)
    private mutating func changeTable<Result>(of entry: Entry, _ change: (inout EntryTable) -> Result) -> Result {
        let table = entry.fieldTable
        let before = table.value.allocatedByteCount
        let result = change(&table.value)
        nestedByteCount += table.value.allocatedByteCount - before
        return result
    }

    /// Moves the fields of a listpack into a table.
    mutating func convertToTable(_ entry: Entry) {
        var table = EntryTable(hasher: databases[selected].value.entries.hasher)
        table.addFields(of: entry.listpack)
        databases[selected].value.entries.entryByteCount -= entry.payloadAllocatedByteCount
        entry.destroyPayload()
        nestedByteCount += table.allocatedByteCount
        entry.kind = .hashTable
        entry.word = Box(table).bits
    }
}

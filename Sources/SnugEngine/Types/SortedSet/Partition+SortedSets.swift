internal import SnugMemory

/// Sorted sets: looking up, opening and putting back.
extension Partition {
    /// The sorted set under `key` to be read, or nil. Throws `wrongType`. A small one is copied.
    package mutating func sortedSet(_ key: RawSpan, _ access: Access = .read) throws(EngineError) -> OpenSortedSet? {
        guard let cell = lookup(key, access)?.cell else { return nil }
        guard cell.valueType == .sortedSet else { throw .wrongType }
        return OpenSortedSet(cell, vocabulary, limits)
    }

    /// The sorted set under `key`, or one without members if there is none, to be changed. `memberCount` is how many
    /// members the command brings. Throws `wrongType`. Until it is put back no other key of the partition may be
    /// touched.
    package mutating func openSortedSet(
        _ key: RawSpan, forMemberCount memberCount: Int
    ) throws(EngineError) -> OpenSortedSet {
        let location = try sortedSetPlace(key)
        var set = location.isPresent ? open(sortedSetAt: location) : OpenSortedSet(vocabulary, limits)
        set.place = OpenPlace(location, in: vocabulary)
        set.prepare(for: memberCount)
        return set
    }

    /// The sorted set under `key`, to have members removed or changed, or nil. Throws `wrongType`.
    package mutating func openSortedSet(_ key: RawSpan) throws(EngineError) -> OpenSortedSet? {
        let location = try sortedSetPlace(key)
        guard location.isPresent else { return nil }
        var set = open(sortedSetAt: location)
        set.place = OpenPlace(location, in: vocabulary)
        return set
    }

    private mutating func sortedSetPlace(_ key: RawSpan) throws(EngineError) -> PackedMap.Location {
        let location = locate(key, .write)
        if location.isPresent && location.cell.valueType != .sortedSet { throw .wrongType }
        return location
    }

    private func open(sortedSetAt location: PackedMap.Location) -> OpenSortedSet {
        OpenSortedSet(location.cell, vocabulary, limits)
    }

    /// Puts an open sorted set back in which a command has made `changeCount` changes; an empty one is removed.
    package mutating func closeSortedSet(_ key: RawSpan, _ set: inout OpenSortedSet, changeCount: Int) {
        if changeCount > 0 || !set.changes.isEmpty { settle(&set) }
        if changeCount > 0 { noteChange(of: key, count: changeCount) }
    }

    /// Gives the record of an open sorted set what it has become, and tells what limits have done.
    mutating func settle(_ set: inout OpenSortedSet) {
        guard let place = set.place else { preconditionFailure("a sorted set that belongs nowhere") }
        set.fit()
        for warning in set.warnings { noteNearLimit(of: .sortedSet, warning) }
        for change in set.changes { noteEncodingChange(of: .sortedSet, change) }
        guard set.count > 0 else {
            guard place.location.isPresent else { return }
            countOut(place)
            place.former?.release()
            map.value.map.remove(at: place.location, .settled)
            return
        }
        switch set.form {
        case .nothing: break
        case .table(let table):
            set.handOverTable()
            put(Reference(table), at: place)
        case .leaf(let leaf):
            let vocabulary = vocabulary
            vocabulary.value.setBytes.truncate(to: 0)
            vocabulary.value.setBytes.append(CompactType.sortedSet.rawValue)
            vocabulary.value.setBytes.append(leaf.bytes(of: leaf))
            if vocabulary.value.setBytes.count > CompactForm.packedByteCountMax {
                put(blockReference(of: vocabulary.value.setBytes.bytes, instead: place.former), at: place)
            } else {
                countOut(place)
                place.former?.release()
                store(
                    Payload(.compact, vocabulary.value.setBytes.bytes), expiry: place.location.expiry,
                    at: place.location, keepsFormer: true)
            }
        }
    }
}

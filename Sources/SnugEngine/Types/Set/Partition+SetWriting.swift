internal import SnugMemory

/// Sets: adding, removing and moving members.
extension Partition {
    // MARK: Opening and closing

    /// The set under `key`, made if there is none, ready for a command that adds `memberCount` members, of which the
    /// first is `member`; the caller adds that at least. Throws `wrongType`. Until it is put back no other key of the
    /// partition may be touched.
    package mutating func openSet(
        _ key: RawSpan, forMember member: RawSpan, of memberCount: Int
    ) throws(EngineError) -> OpenSet {
        let location = try setPlace(key)
        var set = location.isPresent ? open(setAt: location) : newSet(startingWith: member, of: memberCount)
        set.place = OpenPlace(location, in: vocabulary)
        if location.isPresent { set.prepare(for: memberCount) }
        return set
    }

    /// The set under `key`, to have members removed, or nil. Throws `wrongType`.
    package mutating func openSet(_ key: RawSpan) throws(EngineError) -> OpenSet? {
        let location = try setPlace(key)
        guard location.isPresent else { return nil }
        var set = open(setAt: location)
        set.place = OpenPlace(location, in: vocabulary)
        return set
    }

    /// Puts an open set back in which a command has made `changeCount` changes; an empty one is removed.
    package mutating func closeSet(_ key: RawSpan, _ set: inout OpenSet, changeCount: Int) {
        if changeCount > 0 || set.isConverted { settle(&set) }
        if changeCount > 0 { noteChange(of: key, count: changeCount) }
        giveBackBuffer(&set)
    }

    /// Where the set under `key` is or would go. Throws `wrongType`.
    private mutating func setPlace(_ key: RawSpan) throws(EngineError) -> PackedMap.Location {
        let location = locate(key, .write)
        if location.isPresent && location.cell.valueType != .set { throw .wrongType }
        return location
    }

    /// A set without members, of the encoding with which Redis begins one of `count` members.
    private func newSet(startingWith member: RawSpan, of count: Int) -> OpenSet {
        if count <= limits.setIntegerSetEntriesMax && member.canonicalInteger != nil { return newSet(.integers) }
        var set = newSet(.members)
        set.prepare(for: count)
        return set
    }

    /// A set without members.
    func newSet(_ form: SetSource.Form) -> OpenSet { OpenSet(form, vocabulary, limits) }

    private func open(setAt location: PackedMap.Location) -> OpenSet {
        let cell = location.cell
        var set = newSet(SetSource(cell).form)
        if case .table = set.form { return set }
        let vocabulary = vocabulary
        swap(&set.bytes, &vocabulary.value.setBytes)
        set.bytes.truncate(to: 0)
        set.bytes.append(cell.compactBytes(of: cell.block))
        return set
    }

    /// Keeps the buffer of a set in one piece for the next.
    private func giveBackBuffer(_ set: inout OpenSet) {
        let vocabulary = vocabulary
        if set.bytes.capacity > vocabulary.value.setBytes.capacity { swap(&set.bytes, &vocabulary.value.setBytes) }
    }

    // MARK: Putting back

    private mutating func settle(_ set: inout OpenSet) {
        guard let place = set.place else { preconditionFailure("a set that belongs nowhere") }
        set.fit()
        for warning in set.warnings { noteNearLimit(of: .set, warning) }
        for change in set.changes { noteEncodingChange(of: .set, change) }
        if set.isEmpty {
            countOut(place)
            place.former?.release()
            map.value.map.remove(at: place.location, .settled)
            return
        }
        if case .table(let table) = set.form {
            set.handOverTable()
            put(Reference(table), at: place)
        } else if set.bytes.count > CompactForm.packedByteCountMax {
            put(blockReference(of: set.bytes.bytes, instead: place.former), at: place)
        } else {
            countOut(place)
            place.former?.release()
            store(
                Payload(.compact, set.bytes.bytes), expiry: place.location.expiry, at: place.location,
                keepsFormer: true)
        }
    }

    /// Stores a set that has been made under `key`, whatever was there; an empty one removes the key. The key does not
    /// expire. Returns how many members the set has, 0 for one that is empty.
    package mutating func storeSet(_ set: inout OpenSet, under key: RawSpan) -> Int {
        let location = locate(key, .removal)
        let count = set.count
        if count == 0 {
            if location.isPresent {
                map.value.map.remove(at: location)
                noteChange(of: key)
            }
            return 0
        }
        if location.isPresent { map.value.map.remove(at: location) }
        set.place = OpenPlace(locate(key, .peek), in: vocabulary)
        settle(&set)
        noteChange(of: key)
        return count
    }

    // MARK: Members

    /// Moves a member from the set under `source` to that under `destination`, which is made if there is none. False
    /// when the source has no such member. Throws `wrongType`.
    package mutating func moveMember(
        _ member: RawSpan, from source: RawSpan, to destination: RawSpan
    ) throws(EngineError) -> Bool {
        guard let from = lookup(source, .write) else { return false }
        guard from.cell.valueType == .set else { throw .wrongType }
        if let to = lookup(destination, .write), to.cell.valueType != .set { throw .wrongType }
        if source.isEqual(to: destination) {
            guard let location = lookup(source, .peek) else { return false }
            return SetSource(location.cell).contains(member)
        }
        guard var set = try openSet(source) else { return false }
        guard set.remove(member) else {
            giveBackBuffer(&set)
            return false
        }
        closeSet(source, &set, changeCount: 1)
        set = try openSet(destination, forMember: member, of: 1)
        let isNew = set.add(member)
        closeSet(destination, &set, changeCount: isNew ? 1 : 0)
        return true
    }
}

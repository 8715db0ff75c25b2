internal import SnugMemory

/// Hashes: setting and removing fields.
///
/// The encoding that OBJECT tells follows Redis: a listpack becomes a hashtable before a write when the command brings
/// more pairs than `hashListpackEntriesMax`, anything longer than `hashListpackValueMax`, or more bytes than a listpack
/// holds; and after each pair when it then has more fields than the limit. A hashtable stays one.
///
/// How a listpack is really kept depends on its size: a few bytes stand in the pack, more in a block of their own
/// (`CompactHash`), and what would be too long a walk is a `FieldTable` that keeps the order. A hashtable that falls
/// below half of every limit is a listpack again from the next change on, unless `encoding-revert` forbids it.
extension Partition {
    /// The hash under `key`, made if there is none and ready for `addition`; the caller sets at least one field. Throws
    /// `wrongType` before anything is changed.
    package mutating func openHash(_ key: RawSpan, for addition: HashAddition) throws(EngineError) -> OpenHash {
        openHash(at: try hashPlace(key), for: addition)
    }

    /// The hash under `key`, to have fields removed, or nil. Throws `wrongType`.
    package mutating func openHash(_ key: RawSpan) throws(EngineError) -> OpenHash? {
        let location = try hashPlace(key)
        return location.isPresent ? open(location) : nil
    }

    /// Where the hash under `key` is or would go. Throws `wrongType`.
    mutating func hashPlace(_ key: RawSpan) throws(EngineError) -> PackedMap.Location {
        let location = locate(key, .write)
        if location.isPresent && location.cell.valueType != .hash { throw .wrongType }
        return location
    }

    /// As `openHash`, for a hash that has been looked up already.
    mutating func openHash(at location: PackedMap.Location, for addition: HashAddition) -> OpenHash {
        var hash = open(location)
        if exceedsListpack(addition, hash) {
            makeHashTable(&hash, because: limitReached(by: addition, in: hash))
        } else if addition.longestByteCount >= limits.hashValueNear {
            noteNearValue(addition, in: hash)
        }
        return hash
    }

    mutating func open(_ location: PackedMap.Location) -> OpenHash {
        let vocabulary = vocabulary
        vocabulary.value.hashText.truncate(to: 0)
        guard location.isPresent else {
            return OpenHash(form: .compact, tally: ElementTally(), location: location)
        }
        let cell = location.cell
        let former = cell.kind == .reference ? cell.reference : nil
        if let former, former.kind == .table {
            return OpenHash(
                form: .table(former.table), location: location, former: former,
                figuresBefore: ValueFigures(former, in: vocabulary),
                hadExpiringFields: former.table.value.map.expiringCount > 0)
        }
        vocabulary.value.hashText.append(cell.compactBytes(of: cell.block))
        let bytes = vocabulary.value.hashText.bytes
        let tally = ElementTally(CompactHashReader(bytes), names: vocabulary.value.names)
        let elements = tally.figures ?? .none
        return OpenHash(
            form: .compact, tally: tally, location: location, former: former,
            figuresBefore: former.map { ValueFigures($0, elements) } ?? ValueFigures(compact: bytes, elements),
            hadExpiringFields: cell.firstFieldExpiry(in: vocabulary) != nil)
    }

    /// Whether a hash cannot take `addition` as a listpack.
    private func exceedsListpack(_ addition: HashAddition, _ hash: borrowing OpenHash) -> Bool {
        if addition.pairCount > limits.hashListpackEntriesMax { return true }
        if addition.longestByteCount > limits.hashListpackValueMax { return true }
        guard let table = hash.table else { return false }
        return table.value.usedByteCount > ListpackLayout.safeByteCountMax - addition.byteCount
    }

    // MARK: Fields

    /// Sets a field of an open hash. True when the field is new. It does not expire any more unless `keepsExpiry`.
    package mutating func setField(
        _ field: RawSpan, to value: RawSpan, keepsExpiry: Bool = false, in hash: inout OpenHash
    ) -> Bool {
        setField(field, to: StringValue(reading: value), keepsExpiry: keepsExpiry, in: &hash)
    }

    /// As above, for a value that is an integer if its text is one's.
    package mutating func setField(
        _ field: RawSpan, to value: StringValue, keepsExpiry: Bool = false, in hash: inout OpenHash
    ) -> Bool {
        let vocabulary = vocabulary
        switch hash.form {
        case .compact:
            let formerByteCount = CompactHash.set(
                field, to: value, keepsExpiry: keepsExpiry, in: &vocabulary.value.hashText,
                names: &vocabulary.value.names)
            if let formerByteCount {
                hash.tally?.replace(valueByteCount: formerByteCount, with: value.byteCount)
            } else {
                hash.tally?.add(fieldByteCount: field.byteCount, valueByteCount: value.byteCount)
                noteGrowth(of: hash)
            }
            fitCompact(&hash)
            return formerByteCount == nil
        case .table(let table):
            let isNew = table.value.setField(field, to: value, keepsExpiry: keepsExpiry)
            if isNew { noteGrowth(of: hash) }
            if table.value.isListpack && table.value.count > limits.hashListpackEntriesMax {
                makeHashTable(&hash, because: entriesReached(by: hash))
            }
            return isNew
        }
    }

    /// The value of a field of an open hash, or nil.
    @_lifetime(borrow self)
    package func value(of field: RawSpan, in hash: borrowing OpenHash) -> StringValue? {
        switch hash.form {
        case .compact:
            return CompactHashReader(vocabulary.value.hashText.bytes).value(of: field, names: vocabulary.value.names)
        case .table(let table): return table.value.value(of: field, owner: self)
        }
    }

    /// Removes a field of an open hash. False when it is not there. The last field may go: `closeHash` then removes the
    /// key.
    package mutating func removeField(_ field: RawSpan, from hash: inout OpenHash) -> Bool {
        let vocabulary = vocabulary
        switch hash.form {
        case .compact:
            guard
                let byteCount = CompactHash.remove(
                    field, from: &vocabulary.value.hashText, names: &vocabulary.value.names)
            else { return false }
            hash.tally?.remove(fieldByteCount: field.byteCount, valueByteCount: byteCount)
            return true
        case .table(let table): return table.value.removeField(field)
        }
    }

    // MARK: Closing

    /// Puts an open hash back in which a command has made `changeCount` changes; an empty one is removed.
    package mutating func closeHash(_ key: RawSpan, _ hash: consuming OpenHash, changeCount: Int) {
        guard changeCount > 0 else { return }
        settle(hash)
        noteChange(of: key, count: changeCount)
    }

    /// Puts an open hash back that has changed, or removes the record when the hash is empty.
    mutating func settle(_ hash: consuming OpenHash) {
        if let table = hash.table, remains(table, of: hash) {
            return recount(ValueFigures(Reference(table), in: vocabulary), of: hash)
        }
        if hash.hadExpiringFields { map.value.map.expiringHashCount -= 1 }
        guard isEmpty(hash) else {
            fitTable(&hash)
            return putBack(hash)
        }
        countOut(hash)
        hash.table?.destroy()
        hash.freeFormerBlock()
        if hash.location.isPresent { map.value.map.remove(at: hash.location, .settled) }
    }

    /// Whether the record of an open hash goes on to refer to the same hashtable, and no field has had an expiry.
    @inline(__always)
    private func remains(_ table: Box<FieldTable>, of hash: borrowing OpenHash) -> Bool {
        guard hash.former?.kind == .table, table.value.order == .none, !hash.hadExpiringFields,
            table.value.map.expiringCount == 0
        else { return false }
        return table.value.count >= max(1, limits.hashListpackEntriesMax)
    }

    /// Counts the record anew that a hash was opened from and that stays.
    private mutating func recount(_ figures: ValueFigures, of hash: borrowing OpenHash) {
        guard let before = hash.figuresBefore else { preconditionFailure("a record that was not counted") }
        map.value.map.recount(before, as: figures, template: hash.location.head?.template)
    }

    private func isEmpty(_ hash: borrowing OpenHash) -> Bool {
        switch hash.form {
        case .compact: vocabulary.value.hashText.count == 0
        case .table(let table): table.value.count == 0
        }
    }

    /// Stores what an open hash has become in its record.
    private mutating func putBack(_ hash: borrowing OpenHash) {
        let vocabulary = vocabulary
        let expiry = hash.location.expiry
        let elements = hash.table == nil ? hash.tally?.figures : nil
        guard let reference = reference(to: hash) else {
            countOut(hash)
            store(
                Payload(.compact, vocabulary.value.hashText.bytes), expiry: expiry, at: hash.location,
                keepsFormer: true, elements: elements)
            hash.freeFormerBlock()
            return
        }
        if hash.former?.kind == reference.kind {
            // The record stays where it is; only the block may have moved.
            if hash.former != reference { hash.location.cell.storeReference(reference) }
            recount(elements.map { ValueFigures(reference, $0) } ?? ValueFigures(reference, in: vocabulary), of: hash)
            map.value.map.noteFieldExpiry(reference.firstFieldExpiry(in: vocabulary), inPack: hash.location.bucket)
        } else {
            countOut(hash)
            storeReference(reference, expiry: expiry, at: hash.location, keepsFormer: true)
            hash.freeFormerBlock()
        }
    }

    /// What the record refers to from now on, nil when the hash stands in the pack. A compact hash keeps its block.
    private func reference(to hash: borrowing OpenHash) -> Reference? {
        if let table = hash.table { return Reference(table) }
        let bytes = vocabulary.value.hashText.bytes
        guard let former = hash.former, former.kind == .compact else {
            guard bytes.byteCount > HashForm.packedByteCountMax else { return nil }
            return Reference(compact: LongString.make(of: bytes))
        }
        guard bytes.byteCount > HashForm.blockByteCountMin else { return nil }
        var string = former.string
        string.resize(to: bytes.byteCount)
        string.store(bytes, at: 0)
        return Reference(compact: string)
    }

    /// Counts the record no longer that an open hash came from.
    private mutating func countOut(_ hash: borrowing OpenHash) {
        guard let figures = hash.figuresBefore else { return }
        map.value.map.countOut(figures, template: hash.location.head?.template)
    }
}

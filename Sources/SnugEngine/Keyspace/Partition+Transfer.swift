internal import SnugMemory

/// Giving a value another key or another database.
extension Partition {
    /// Gives the value of `source`, with its expiry, the key `destination`, whose own value goes. False when
    /// `onlyIfNew` and the destination is there; with `source` as destination that is always so, and otherwise nothing
    /// happens. Throws `noSuchKey`. Costs a copy of a string, not of what has parts.
    package mutating func rename(
        _ source: RawSpan, to destination: RawSpan, onlyIfNew: Bool
    ) throws(EngineError) -> Bool {
        guard lookup(source, .write) != nil else { throw .noSuchKey }
        if source.isEqual(to: destination) { return !onlyIfNew }
        if let existing = lookup(destination, .write) {
            if onlyIfNew { return false }
            map.value.map.remove(at: existing)
        }
        hand(source, to: destination, in: selected)
        noteChange(of: source, count: 0)
        noteChange(of: destination)
        return true
    }

    /// Moves the key with its value and expiry to another database. False when it is not there, or there already.
    /// Throws `noSuchDatabase` and `sameKey`. Costs a copy of a string, not of what has parts.
    package mutating func move(_ key: RawSpan, toDatabase index: Int) throws(EngineError) -> Bool {
        guard databases.indices.contains(index) else { throw .noSuchDatabase }
        guard index != selected else { throw .sameKey }
        guard lookup(key, .write) != nil else { return false }
        let isTaken = inDatabase(index) { $0.lookup(key, .write) != nil }
        if isTaken { return false }
        hand(key, to: key, in: index)
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
        guard lookup(source, .read) != nil else { return false }
        let isFree = inDatabase(index) { partition in
            guard let existing = partition.lookup(destination, .write) else { return true }
            if replacing { partition.map.value.map.remove(at: existing) }
            return replacing
        }
        guard isFree, let location = lookup(source, .peek) else { return false }
        let held = HeldPayload(copyOf: location.cell, vocabulary)
        let expiry = location.expiry
        inDatabase(index) { partition in
            partition.put(held, under: destination, expiry: expiry, access: nil)
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

    /// Gives what `source` of the selected database holds, with its expiry and access data, the key `destination` in
    /// database `index`, which must be free. Notes no change.
    private mutating func hand(_ source: RawSpan, to destination: RawSpan, in index: Int) {
        guard let location = lookup(source, .peek) else { preconditionFailure("a key that has gone") }
        let held = HeldPayload(location.cell, vocabulary)
        let (expiry, access) = (location.expiry, location.access)
        map.value.map.remove(at: location, .handedOver)
        inDatabase(index) { $0.put(held, under: destination, expiry: expiry, access: access) }
    }

    /// Stores a payload that is held under a key that is not there.
    private mutating func put(_ held: HeldPayload, under key: RawSpan, expiry: Int64?, access: UInt32?) {
        let vocabulary = vocabulary
        vocabulary.value.noteExpiry(now: now)
        let location = locate(key, .peek)
        let data = keepsAccess ? access ?? accessClock.initial(now: now) : nil
        let payload = held.payload(in: vocabulary)
        map.value.map.store(payload, expiry: expiry, access: data, at: location, key: vocabulary.value.key)
    }
}

/// A payload between two places. Its bytes are in the vocabulary's `packedText`.
private struct HeldPayload: BitwiseCopyable {
    private let kind: CellKind
    private let integer: Int64

    /// Takes over what the cell refers to.
    init(_ cell: Cell, _ vocabulary: Box<Vocabulary>) {
        kind = cell.kind
        integer = cell.integer
        vocabulary.value.packedText.truncate(to: 0)
        if kind != .integer { vocabulary.value.packedText.append(cell.bytes(of: cell.block)) }
    }

    /// Refers to nothing of the cell's. Costs a copy of what that refers to.
    init(copyOf cell: Cell, _ vocabulary: Box<Vocabulary>) {
        let twin = cell.kind == .reference ? cell.reference.copied() : nil
        self.init(cell, vocabulary)
        if let twin {
            let bytes = twin.bytes
            vocabulary.value.packedText.truncate(to: 0)
            vocabulary.value.packedText.append(bytes.rawBytes)
        }
        cell.retainNames(vocabulary)
    }

    @_lifetime(borrow vocabulary)
    func payload(in vocabulary: borrowing Box<Vocabulary>) -> Payload {
        if kind == .integer { return Payload(integer: integer) }
        return Payload(kind, vocabulary.value.packedText.bytes)
    }
}

extension Cell {
    /// Counts the names of a compact hash once more, for its copy.
    fileprivate func retainNames(_ vocabulary: Box<Vocabulary>) {
        guard isCompact && compactType == .hash else { return }
        CompactHash.retainNames(of: compactBytes(of: block), names: &vocabulary.value.names)
    }
}

extension Reference {
    /// A reference to an equal value in memory of its own.
    fileprivate func copied() -> Reference {
        switch kind {
        case .table: return Reference(Box(table.value.copied()))
        case .memberTable: return Reference(Box(memberTable.value.copied()))
        case .listTable: return Reference(Box(listTable.value.copied()))
        case .sortedSetTable: return Reference(Box(sortedSetTable.value.copied()))
        case .stream: return Reference(Box(stream.value.copied()))
        default: break
        }
        let byteCount = LongString.headerByteCount + string.byteCount
        let copy = Block.allocate(byteCount: byteCount)
        copy.store(block.bytes(at: 0, count: byteCount, of: block), at: 0)
        return Reference(kind: kind, word: copy.bits)
    }
}

internal import SnugMemory

/// Hashes: whole ones and single values.
extension Partition {
    /// The hash under `key`, or nil. Throws `wrongType`.
    @_lifetime(&self)
    package mutating func hash(_ key: RawSpan, _ access: Access = .read) throws(EngineError) -> HashView? {
        guard let cell = try hashCell(key, access) else { return nil }
        return HashView(cell, in: vocabulary, of: self)
    }

    /// The value of a field of the hash under `key`, or nil when there is no such hash or field. Throws `wrongType`.
    @_lifetime(&self)
    package mutating func hashValue(
        _ key: RawSpan, _ field: RawSpan, _ access: Access = .read
    ) throws(EngineError) -> StringValue? {
        guard let cell = try hashCell(key, access) else { return nil }
        return fieldValue(of: field, in: cell)
    }

    /// How many fields the hash under `key` has, 0 when there is none. Throws `wrongType`.
    package mutating func hashCount(_ key: RawSpan, _ access: Access = .read) throws(EngineError) -> Int {
        guard let cell = try hashCell(key, access) else { return 0 }
        return HashView(cell, in: vocabulary, of: self).count
    }

    /// The record of the hash under `key`, or nil. Throws `wrongType`.
    private mutating func hashCell(_ key: RawSpan, _ access: Access) throws(EngineError) -> Cell? {
        guard let cell = lookup(key, access)?.cell else { return nil }
        guard cell.valueType == .hash else { throw .wrongType }
        return cell
    }

    @_lifetime(borrow self)
    func fieldValue(of field: RawSpan, in cell: Cell) -> StringValue? {
        cell.fieldValue(of: field, in: vocabulary, owner: self)
    }

    // MARK: One pair

    /// Sets one field of the hash under `key`. True when the field is new. Throws `wrongType`.
    @discardableResult
    package mutating func setHashValue(
        _ key: RawSpan, _ field: RawSpan, to value: RawSpan
    ) throws(EngineError) -> Bool {
        var hash = try openHash(key, for: HashAddition(field, value))
        let isNew = setField(field, to: value, in: &hash)
        closeHash(key, hash, changeCount: 1)
        return isNew
    }

    /// Sets one field of the hash under `key` unless it is there. True when it was set. Throws `wrongType`.
    package mutating func setHashValueIfAbsent(
        _ key: RawSpan, _ field: RawSpan, to value: RawSpan
    ) throws(EngineError) -> Bool {
        let location = try hashPlace(key)
        if location.isPresent && fieldValue(of: field, in: location.cell) != nil { return false }
        var hash = openHash(at: location, for: HashAddition(field, value))
        let isNew = setField(field, to: value, in: &hash)
        closeHash(key, hash, changeCount: 1)
        return isNew
    }
}

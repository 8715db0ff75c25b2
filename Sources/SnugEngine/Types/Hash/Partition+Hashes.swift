internal import SnugMemory

/// Hashes: reading.
extension Partition {
    /// The hash under `key`, or nil. Throws `wrongType`.
    @_lifetime(&self)
    package mutating func hash(_ key: RawSpan, _ access: Access = .read) throws(EngineError) -> HashView? {
        guard let entry = try hashEntry(key, access) else { return nil }
        return HashView(entry, of: self)
    }

    /// The value of a field of the hash under `key`, or nil when there is no such hash or field. Throws `wrongType`.
    @_lifetime(&self)
    package mutating func hashValue(
        _ key: RawSpan, _ field: RawSpan, _ access: Access = .read
    ) throws(EngineError) -> StringValue? {
        guard let entry = try hashEntry(key, access) else { return nil }
        return entry.fieldValue(of: field, owner: self)
    }

    /// How many fields the hash under `key` has, 0 when there is none. Throws `wrongType`.
    package mutating func hashCount(_ key: RawSpan, _ access: Access = .read) throws(EngineError) -> Int {
        try hashEntry(key, access)?.fieldCount ?? 0
    }

    /// The entry of the hash under `key`, or nil. Throws `wrongType`.
    @inline(__always)
    package mutating func hashEntry(_ key: RawSpan, _ access: Access) throws(EngineError) -> Entry? {
        guard let entry = lookup(key, access) else { return nil }
        guard entry.kind.valueType == .hash else { throw .wrongType }
        return entry
    }
}

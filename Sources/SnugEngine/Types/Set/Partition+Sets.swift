internal import SnugMemory

/// Sets: reading.
extension Partition {
    /// The set under `key`, or nil. Throws `wrongType`.
    package mutating func set(_ key: RawSpan, _ access: Access = .read) throws(EngineError) -> SetSource? {
        guard let cell = lookup(key, access)?.cell else { return nil }
        guard cell.valueType == .set else { throw .wrongType }
        return SetSource(cell)
    }

    /// How many members the set under `key` has, 0 when there is none. Throws `wrongType`.
    package mutating func setCount(_ key: RawSpan) throws(EngineError) -> Int { try set(key)?.count ?? 0 }

    /// Whether the set under `key` has a member. Throws `wrongType`.
    package mutating func setContains(_ key: RawSpan, _ member: RawSpan) throws(EngineError) -> Bool {
        try set(key)?.contains(member) ?? false
    }
}

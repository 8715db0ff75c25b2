internal import SnugMemory

/// What a write does to a key's expiry.
package enum ExpiryChange {
    /// The key keeps what it has; a new key has none.
    case keep
    /// The key does not expire.
    case remove
    /// The key expires at a time in milliseconds since 1970.
    case set(Int64)
}

/// Strings: reading and storing whole values.
extension Partition {
    /// The string under `key`, or nil. Throws `wrongType`.
    @_lifetime(&self)
    package mutating func string(_ key: RawSpan, _ access: Access = .read) throws(EngineError) -> StringValue? {
        guard let entry = try stringEntry(key, access) else { return nil }
        return entry.string(of: self)
    }

    /// The entry of the string under `key`, or nil. Throws `wrongType`.
    mutating func stringEntry(_ key: RawSpan, _ access: Access) throws(EngineError) -> Entry? {
        guard let entry = lookup(key, access) else { return nil }
        guard entry.kind.valueType == .string else { throw .wrongType }
        return entry
    }

    /// Stores `value` under `key`, whatever was there. Integers in canonical form are kept as integers.
    package mutating func setString(_ key: RawSpan, to value: RawSpan, expiry: ExpiryChange = .remove) {
        if let integer = value.canonicalInteger {
            let entry = place(key, kind: .integer, payloadByteCount: 8, expiry: expiry)
            entry.word = UInt64(bitPattern: integer)
        } else {
            let entry = place(key, kind: .bytes, payloadByteCount: value.byteCount, expiry: expiry)
            entry.block.store(value, at: entry.payloadOffset)
        }
        noteChange(of: key)
    }

    /// Stores `value` under `key` when the key is not there (`ifNew`) or only when it is. False when it is left alone.
    package mutating func setString(
        _ key: RawSpan, to value: RawSpan, expiry: ExpiryChange = .remove, ifNew: Bool
    ) -> Bool {
        guard exists(key, .write) != ifNew else { return false }
        setString(key, to: value, expiry: expiry)
        return true
    }

    /// An entry for `key` with a payload of the given kind, whose bytes the caller fills next. What was there is
    /// released. Notes no change.
    mutating func place(
        _ key: RawSpan, kind: Entry.Kind, payloadByteCount: Int, expiry: ExpiryChange
    ) -> Entry {
        let hash = databases[selected].value.entries.hash(of: key)
        var entry: Entry
        if let existing = lookup(key, hash: hash, .write) {
            releasePayload(of: existing)
            entry = databases[selected].value.entries.resizePayload(
                of: existing, kind: kind, byteCount: payloadByteCount)
        } else {
            entry = databases[selected].value.entries.insert(
                key, hash: hash, kind: kind, payloadByteCount: payloadByteCount)
            entry.access = accessClock.initial(now: now)
        }
        switch expiry {
        case .keep: break
        case .remove: entry = databases[selected].value.entries.setExpiry(of: entry, to: nil)
        case .set(let time): entry = databases[selected].value.entries.setExpiry(of: entry, to: time)
        }
        return entry
    }
}

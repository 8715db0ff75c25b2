internal import SnugMemory

/// What has come of setting a field's expiry.
package enum FieldExpiryChange: Sendable, Equatable {
    case noField
    /// The condition does not hold.
    case refused
    case set
    /// The time is past, and so the field has gone.
    case removed
}

/// Hashes: fields that expire.
///
/// A compact hash keeps them in its bytes, the first due in front. A table keeps them in its runs' columns. Lookups
/// remove what is past before anything else sees the hash.
extension Partition {
    /// When a field of an open hash expires.
    package func expiry(of field: RawSpan, in hash: borrowing OpenHash) -> FieldExpiry {
        switch hash.form {
        case .compact:
            CompactHash.expiry(
                of: field, in: vocabulary.value.hashText.bytes, names: vocabulary.value.names,
                base: vocabulary.value.expiryBase)
        case .table(let table): table.value.expiry(of: field)
        }
    }

    /// Makes a field of an open hash expire at `time`, milliseconds since 1970, if the condition holds of its former
    /// expiry; a time that is past removes it.
    package mutating func setExpiry(
        of field: RawSpan, to time: Int64, if condition: ExpiryCondition = [], in hash: inout OpenHash
    ) -> FieldExpiryChange {
        let former: Int64?
        switch expiry(of: field, in: hash) {
        case .noField: return .noField
        case .never: former = nil
        case .at(let time): former = time
        }
        guard condition.allows(time, instead: former) else { return .refused }
        guard time > now else {
            _ = removeField(field, from: &hash)
            return .removed
        }
        storeExpiry(time, of: field, in: &hash)
        return .set
    }

    /// Makes a field of an open hash stay; returns when it would have expired.
    package mutating func persist(_ field: RawSpan, in hash: inout OpenHash) -> FieldExpiry {
        let former = expiry(of: field, in: hash)
        if case .at = former { storeExpiry(nil, of: field, in: &hash) }
        return former
    }

    private mutating func storeExpiry(_ expiry: Int64?, of field: RawSpan, in hash: inout OpenHash) {
        let vocabulary = vocabulary
        vocabulary.value.noteExpiry(now: now)
        switch hash.form {
        case .table(let table): _ = table.value.setExpiry(expiry, of: field)
        case .compact:
            let base = vocabulary.value.expiryBase
            _ = CompactHash.setExpiry(
                expiry, of: field, in: &vocabulary.value.hashText, names: vocabulary.value.names, base: base)
            fitCompact(&hash)
        }
    }

    // MARK: Reclaiming

    /// Whether the record is a hash with fields that may be past their time. Not so while the map has no such hash at
    /// all, which callers look at first.
    func mayHaveExpiredFields(_ location: PackedMap.Location) -> Bool {
        guard location.isPresent, let first = location.cell.firstFieldExpiry(in: vocabulary) else { return false }
        return first <= now
    }

    /// Removes the fields of a hash that are past their time, and the hash with its last. Returns how many they were.
    @discardableResult
    mutating func reclaimFields(of key: RawSpan, at location: PackedMap.Location) -> Int {
        var hash = open(location)
        let vocabulary = vocabulary
        let removed: Int
        switch hash.form {
        case .compact:
            hash.tally = nil
            removed = CompactHash.removeExpired(
                from: &vocabulary.value.hashText, at: now, names: &vocabulary.value.names,
                base: vocabulary.value.expiryBase)
            fitCompact(&hash)
        case .table(let table): removed = table.value.removeExpired(at: now)
        }
        guard removed > 0 else { return 0 }
        statistics.expiredFields &+= UInt64(removed)
        settle(hash)
        map.value.map.dropDueIfEmpty()
        noteChange(of: key, count: 0)
        return removed
    }

    /// Whether all fields of a hash are past their time, so that it is not there though nobody has removed it.
    func hasOnlyExpiredFields(_ location: PackedMap.Location) -> Bool {
        mayHaveExpiredFields(location) && HashView(location.cell, in: vocabulary, of: self).liveCount(at: now) == 0
    }
}

internal import SnugMemory

/// Walking over the keys of the selected database.
extension Partition {
    /// Calls `body` with keys from `cursor` on, and returns the cursor to go on from, 0 at the end. A series of calls
    /// from 0 to 0 shows each key that is there throughout at least once, whatever is added and removed in between.
    /// Keys past their time are not shown, and reclaimed. Visits `minimumCount` entries or ten times as many places,
    /// and at most one chain of entries more. `type` leaves out keys of other types.
    package mutating func scan(
        from cursor: UInt64, minimumCount: Int, type: ValueType? = nil, _ body: (RawSpan) -> Void
    ) -> UInt64 {
        var expired = ExpiredEntries()
        let next = databases[selected].value.entries.sweep(from: cursor, minimumCount: minimumCount) { entry in
            if isExpired(entry) {
                if reclaimsExpired { expired.add(entry) }
                return !reclaimsExpired
            }
            if type == nil || entry.kind.valueType == type { body(entry.key(of: entry.block)) }
            return true
        }
        note(expired, inDatabase: selected)
        return next
    }

    /// Calls `body` with every key that is not past its time.
    package func forEachKey(_ body: (RawSpan) -> Void) {
        databases[selected].value.entries.forEach { entry in
            if !isExpired(entry) { body(entry.key(of: entry.block)) }
        }
    }
}

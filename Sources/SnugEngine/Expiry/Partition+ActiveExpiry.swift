internal import SnugMemory

/// What one slice of active expiration did.
package struct ExpirySlice: Sendable, Equatable {
    /// Entries that were looked at.
    package var examined = 0
    /// Keys that were removed.
    package var reclaimed = 0
    /// Whether the slice came to the end of the database; the next one begins anew.
    package var isComplete = false
}

/// Entries that a sweep takes out, to be counted when it is over.
struct ExpiredEntries {
    private(set) var count = 0
    private(set) var nestedByteCount = 0

    mutating func add(_ entry: Entry) {
        count += 1
        nestedByteCount += entry.nestedByteCount
    }
}

/// Removing keys that nobody asks for any more.
extension Partition {
    /// Goes on through a database from where the last slice ended, removing keys past their time, until at least
    /// `entryCount` entries or ten times as many places have been looked at. Whoever calls it bounds the time by the
    /// number of calls. Does nothing while no key of the database can expire.
    package mutating func reclaimExpired(inDatabase index: Int, atMost entryCount: Int) -> ExpirySlice {
        var slice = ExpirySlice()
        guard databases[index].value.entries.expiringCount > 0 else {
            databases[index].value.expiryCursor = 0
            slice.isComplete = true
            return slice
        }
        var expired = ExpiredEntries()
        let cursor = databases[index].value.entries.sweep(
            from: databases[index].value.expiryCursor, minimumCount: entryCount
        ) { entry in
            slice.examined += 1
            guard isExpired(entry) else { return true }
            expired.add(entry)
            return false
        }
        databases[index].value.expiryCursor = cursor
        note(expired, inDatabase: index)
        slice.reclaimed = expired.count
        slice.isComplete = cursor == 0
        return slice
    }

    /// Counts entries that a sweep of the database took out.
    mutating func note(_ expired: ExpiredEntries, inDatabase index: Int) {
        statistics.expired &+= UInt64(expired.count)
        databases[index].value.nestedByteCount -= expired.nestedByteCount
    }
}

package import SnugEngine

/// The latest changes of encodings that limits have brought about, for SNUG FLIPS. Bounded in number by
/// `encoding-flip-log-len`, and in bytes because long keys are cut when they are recorded.
package struct FlipLog {
    /// Most bytes of a key, the note on those left out aside.
    static let keyByteCountMax = 128

    package struct Entry {
        /// Counts from 0 in the life of the server.
        package let id: UInt64
        /// Seconds since 1970.
        package let unixSeconds: Int64
        package let database: Int
        package let key: [UInt8]
        package let type: ValueType
        package let from: Encoding
        package let to: Encoding
        package let reached: LimitReached
        package let cause: FlipCause
    }

    /// Oldest first from `first` on; what stands before it is gone and is removed from time to time.
    private var entries: [Entry] = []
    private var first = 0
    private var nextID: UInt64 = 0

    package var count: Int { entries.count - first }

    /// The latest `most` entries, latest first.
    package func latest(_ most: Int) -> [Entry] {
        Array(entries[first...].suffix(max(most, 0)).reversed())
    }

    package mutating func removeAll() {
        entries = []
        first = 0
    }

    /// Adds an entry and lets the oldest go beyond `most`. `now` in milliseconds since 1970.
    mutating func record(_ event: EncodingEvent, _ cause: FlipCause, now: Int64, keepingAtMost most: Int) {
        entries.append(
            Entry(
                id: nextID, unixSeconds: now / 1000, database: event.database, key: Self.trimmed(event.key),
                type: event.type, from: event.from, to: event.to, reached: event.reached, cause: cause))
        nextID &+= 1
        first = max(first, entries.count - max(most, 0))
        if first > 16 && first > entries.count / 2 {
            entries.removeFirst(first)
            first = 0
        }
    }

    private static func trimmed(_ key: [UInt8]) -> [UInt8] {
        guard key.count > keyByteCountMax else { return key }
        return Array(key.prefix(keyByteCountMax)) + Array("... (\(key.count - keyByteCountMax) more bytes)".utf8)
    }

    /// Bytes that the log keeps, without what the allocator adds.
    package var byteCount: Int {
        entries[first...].reduce(entries.capacity * MemoryLayout<Entry>.stride) { sum, entry in
            sum + entry.key.count + entry.cause.byteCount
        }
    }
}

/// Whose command has changed an encoding.
package struct FlipCause {
    /// Empty when no client's command did, but the removal of fields that had expired.
    package var address = ""
    package var clientName: [UInt8] = []
    /// The command's full name; empty as above.
    package var command = ""

    var byteCount: Int { address.utf8.count + clientName.count + command.utf8.count }
}

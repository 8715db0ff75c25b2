internal import SnugMemory

/// What is known of a key besides its value.
package struct KeyDescription: Sendable {
    package let type: ValueType
    package let encoding: Encoding
    /// When the key expires, milliseconds since 1970, or nil.
    package let expiry: Int64?
    /// Whole seconds since the key was last used; of no meaning under LFU.
    package let idleSeconds: Int64
    /// The logarithmic access counter as of now, 0 to 255; of no meaning under LRU.
    package let frequency: UInt32
    /// The 24 bits of access data as they are kept.
    package let access: UInt32
    /// Whether the value is one of the small integers that Redis keeps only once.
    package let isSharedInteger: Bool
}

/// What works on a key whatever it holds.
extension Partition {
    /// Whether the key is there. Expected constant time, like all that finds a key.
    package mutating func exists(_ key: RawSpan, _ access: Access = .readWithoutUse) -> Bool {
        lookup(key, access) != nil
    }

    /// What the key holds, or nil when it is not there.
    package mutating func type(of key: RawSpan, _ access: Access = .readWithoutUse) -> ValueType? {
        lookup(key, access)?.kind.valueType
    }

    /// What is known of the key, or nil when it is not there.
    package mutating func describe(_ key: RawSpan, _ access: Access = .readWithoutUse) -> KeyDescription? {
        guard let entry = lookup(key, access) else { return nil }
        let isShared = entry.kind == .integer && entry.word < 10_000
        return KeyDescription(
            type: entry.kind.valueType, encoding: entry.encoding, expiry: entry.expiry,
            idleSeconds: accessClock.idleSeconds(entry.access, now: now),
            frequency: accessClock.decayedCounter(entry.access, now: now), access: entry.access,
            isSharedInteger: isShared)
    }

    /// Removes the key with its value. False when it is not there. Costs as much as the value has parts.
    package mutating func delete(_ key: RawSpan) -> Bool {
        guard let entry = lookup(key, .write) else { return false }
        discard(entry)
        noteChange(of: key)
        return true
    }

    /// Calls `body` with a key drawn with nearly equal chances among those that are not past their time. False when
    /// there is none. Keys past their time that it meets are reclaimed. Expected constant time, unless reclaiming is
    /// paused and nearly all keys are past their time.
    package mutating func withRandomKey(_ body: (RawSpan) -> Void) -> Bool {
        var triesLeft = 100
        while triesLeft > 0, let entry = databases[selected].value.entries.randomEntry(using: &random) {
            if !isExpired(entry) {
                body(entry.key(of: entry.block))
                return true
            }
            if reclaimsExpired { reclaim(entry) } else { triesLeft -= 1 }
        }
        let start = UInt64(UInt32(truncatingIfNeeded: random.next()))
        return withFirstLiveKey(from: start, body) || withFirstLiveKey(from: 0, body)
    }

    /// Calls `body` with the first key in the order of scans, from a cursor on, that is not past its time.
    private func withFirstLiveKey(from start: UInt64, _ body: (RawSpan) -> Void) -> Bool {
        var found = false
        var cursor = start
        repeat {
            cursor = databases[selected].value.entries.scan(from: cursor, minimumCount: 100) { entry in
                if found || isExpired(entry) { return }
                body(entry.key(of: entry.block))
                found = true
            }
        } while cursor != 0 && !found
        return found
    }
}

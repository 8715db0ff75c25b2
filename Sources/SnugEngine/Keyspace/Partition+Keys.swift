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
        lookup(key, access)?.cell.valueType
    }

    /// What is known of the key, or nil when it is not there.
    package mutating func describe(_ key: RawSpan, _ access: Access = .readWithoutUse) -> KeyDescription? {
        guard let location = lookup(key, access) else { return nil }
        let cell = location.cell
        let isShared = cell.kind == .integer && (0..<10_000).contains(cell.integer)
        let data = location.access ?? accessClock.initial(now: now)
        return KeyDescription(
            type: cell.valueType, encoding: cell.encoding, expiry: location.expiry,
            idleSeconds: accessClock.idleSeconds(data, now: now),
            frequency: accessClock.decayedCounter(data, now: now), access: data, isSharedInteger: isShared)
    }

    /// Removes the key with its value. False when it is not there. Costs as much as the value has parts.
    package mutating func delete(_ key: RawSpan) -> Bool {
        let location = glance(at: key, .removal) ?? locate(key, .removal)
        guard location.isPresent else { return false }
        map.value.map.remove(at: location)
        noteChange(of: key)
        return true
    }

    /// Calls `body` with a key drawn with nearly equal chances among those that are not past their time. False when
    /// there is none. Keys past their time that it meets are reclaimed. Expected constant time, unless reclaiming is
    /// paused and nearly all keys are past their time.
    package mutating func withRandomKey(_ body: (RawSpan) -> Void) -> Bool {
        let database = map
        var triesLeft = 100
        while triesLeft > 0, let record = database.value.map.randomRecord(using: &random) {
            if !isExpired(record.location) {
                record.withKey(body)
                return true
            }
            if reclaimsExpired { reclaim(record.location) } else { triesLeft -= 1 }
        }
        let start = random.next() >> 10
        return withFirstLiveKey(from: start, body) || withFirstLiveKey(from: 0, body)
    }

    /// Calls `body` with the first key in the order of scans, from a cursor on, that is not past its time.
    private func withFirstLiveKey(from start: UInt64, _ body: (RawSpan) -> Void) -> Bool {
        var found = false
        var cursor = start
        repeat {
            cursor = map.value.map.scan(from: cursor, minimumCount: 100) { record in
                if found || isExpired(record.location) { return }
                record.withKey(body)
                found = true
            }
        } while cursor != 0 && !found
        return found
    }
}

internal import SnugMemory

/// Walking over the keys of the selected database.
extension Partition {
    /// Calls `body` with keys from `cursor` on, and returns the cursor to go on from, 0 at the end. A series of calls
    /// from 0 to 0 shows each key that is there throughout at least once, whatever is added and removed in between.
    /// Keys past their time are not shown, and reclaimed. Visits `minimumCount` keys, or ten times as many packs; what
    /// it costs beyond is a hash of each run of those packs, and for each run visited a step for each run of its pack.
    /// `type` leaves out keys of other types.
    package mutating func scan(
        from cursor: UInt64, minimumCount: Int, type: ValueType? = nil, _ body: (RawSpan) -> Void
    ) -> UInt64 {
        var packsWithExpired: [Int] = []
        let next = map.value.map.scan(from: cursor, minimumCount: minimumCount) { record in
            if isExpired(record.location) {
                if packsWithExpired.last != record.location.bucket { packsWithExpired.append(record.location.bucket) }
            } else if type == nil || record.valueType == type {
                record.withKey(body)
            }
        }
        if !packsWithExpired.isEmpty && reclaimsExpired { reclaim(fromPacks: packsWithExpired) }
        return next
    }

    private mutating func reclaim(fromPacks packs: [Int]) {
        for pack in packs { statistics.expired &+= UInt64(map.value.map.removeDue(inPack: pack, at: now)) }
        map.value.map.shrinkToFit()
    }

    /// Calls `body` with every key that is not past its time.
    package func forEachKey(_ body: (RawSpan) -> Void) {
        map.value.map.forEach { location in
            if !isExpired(location) { Record(location, in: vocabulary).withKey(body) }
        }
    }
}

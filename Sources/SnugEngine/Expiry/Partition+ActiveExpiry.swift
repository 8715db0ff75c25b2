internal import SnugMemory

/// What one slice of active expiration did.
package struct ExpirySlice: Sendable, Equatable {
    /// Keys in the packs that were looked at.
    package var examined = 0
    /// Keys that were removed.
    package var reclaimed = 0
    /// Fields of hashes that were removed.
    package var reclaimedFields = 0
    /// Whether nothing is due any more.
    package var isComplete = false
}

/// Removing keys that nobody asks for any more.
extension Partition {
    /// Goes on through the packs of a database in which keys are due from where the last slice ended, and removes those
    /// keys, until `keyCount` keys have been looked at. Packs in which nothing is due are not touched. Whoever calls it
    /// bounds the time by the number of calls.
    package mutating func reclaimExpired(inDatabase index: Int, atMost keyCount: Int) -> ExpirySlice {
        var slice = ExpirySlice()
        let database = databases[index]
        while slice.examined < keyCount {
            let next = database.value.map.firstDuePack(at: now, from: database.value.expiryPack)
            guard let pack = next ?? database.value.map.firstDuePack(at: now, from: 0) else {
                slice.isComplete = true
                break
            }
            slice.examined += max(database.value.map.keyCount(ofPack: pack), 1)
            slice.reclaimed += database.value.map.removeDue(inPack: pack, at: now)
            slice.reclaimedFields += reclaimFields(inDatabase: index, inPack: pack)
            database.value.expiryPack = pack + 1
        }
        if slice.reclaimed > 0 { database.value.map.shrinkToFit() }
        statistics.expired &+= UInt64(slice.reclaimed)
        return slice
    }

    /// Removes the fields of a pack's hashes that are past their time; returns how many they were.
    private mutating func reclaimFields(inDatabase index: Int, inPack pack: Int) -> Int {
        guard databases[index].value.map.expiringHashCount > 0 else { return 0 }
        let before = statistics.expiredFields
        var keys: [[UInt8]] = []
        databases[index].value.map.forEachKeyWithDueFields(inPack: pack, at: now) { keys.append($0.makeArray()) }
        let former = selected
        selected = index
        defer { selected = former }
        // Looking a key up removes what is past.
        for key in keys { _ = locate(key.rawBytes, .peek) }
        databases[index].value.map.refreshDue(pack)
        return Int(statistics.expiredFields - before)
    }
}

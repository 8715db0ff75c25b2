internal import SnugMemory

/// Where compaction goes on, and whether it has found anything to do lately.
struct CompactionProgress {
    var database = 0
    var place = CompactionPlace.beginning
    /// What has been looked at and moved since the last beginning.
    var examined = 0
    var moved = 0
}

extension Partition {
    /// Moves the packs of a slice of the keyspace where pages are fuller, so that pages which have been left half empty
    /// go back to the system. Returns whether a pass over all databases has ended that moved hardly anything: then
    /// there is nothing to gain until data change. At most `packCount` packs, or for each of them some nodes of
    /// tables; some hundred nanoseconds each.
    package mutating func compact(packCount: Int) -> Bool {
        var compactor = BlockCompactor()
        var left = packCount
        while left > 0 {
            let database = databases[compaction.database]
            let count = min(left, database.value.map.packCount)
            compaction.place = database.value.map.compact(
                from: compaction.place, packCount: count, nodeCount: Self.nodesPerPack, using: &compactor)
            left -= max(count, 1)
            guard compaction.place == .beginning else { continue }
            compaction.database += 1
            if compaction.database == databases.count { return endPass(&compactor) }
        }
        compaction.examined += compactor.examined
        compaction.moved += compactor.moved
        return false
    }

    private static let nodesPerPack = 16

    private mutating func endPass(_ compactor: inout BlockCompactor) -> Bool {
        let examined = compaction.examined + compactor.examined
        let moved = compaction.moved + compactor.moved
        compaction = CompactionProgress()
        return moved <= examined / 64
    }
}

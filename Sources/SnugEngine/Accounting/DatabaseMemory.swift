internal import SnugMemory

/// Where the bytes of a database are, as the allocator rounds them. The parts add up to all that it holds, but for
/// the few hundred bytes of the database itself.
package struct DatabaseMemory: Sendable, Equatable {
    /// Packs of keys and small values.
    package var packs = 0
    /// Values outside of packs, with all that they are made of, and long keys.
    package var outside = 0
    /// The directory by which packs are found, and the index of expiries.
    package var directory = 0
    /// Watched keys.
    package var watches = 0

    package var total: Int { packs + outside + directory + watches }
}

/// Where the bytes are that all databases share.
package struct VocabularyMemory: Sendable, Equatable {
    /// Templates of keys that recur, and what is counted of their keys by type and encoding.
    package var templates = 0
    /// Names of fields that recur.
    package var names = 0
    /// Buffers in which keys and values are taken apart.
    package var buffers = 0

    package var total: Int { templates + names + buffers }
}

extension Partition {
    /// The parts of a database's memory. Constant time.
    package func memory(ofDatabase index: Int) -> DatabaseMemory {
        let database = databases[index]
        return DatabaseMemory(
            packs: database.value.map.packByteCount, outside: database.value.map.outsideByteCount,
            directory: database.value.map.directoryByteCount, watches: database.value.watches.allocatedByteCount)
    }

    /// The parts of what all databases share. Constant time.
    package var vocabularyMemory: VocabularyMemory {
        VocabularyMemory(
            templates: vocabulary.value.templates.allocatedByteCount + vocabulary.value.encodings.allocatedByteCount,
            names: vocabulary.value.names.allocatedByteCount, buffers: vocabulary.value.bufferByteCount)
    }

    /// The key's share of its pack, and what the allocator set aside for its value outside; nil when it is not there.
    /// The shares of all keys of a database add up to its packs and what is outside. A step for each run of the pack.
    package mutating func memoryUsage(of key: RawSpan) -> Int? {
        guard let location = lookup(key, .peek) else { return nil }
        return map.value.map.byteCountShare(of: location)
    }
}

extension PackedMap {
    /// A record's share of its pack and what it has outside, together.
    func byteCountShare(of location: Location) -> Int {
        let shares = byteCountShares(of: location)
        return shares.pack + shares.outside
    }

    /// A record's share of its pack, and what it has outside. Runs share a pack in proportion to their bytes, and the
    /// records of a run share alike; what does not divide goes to the later ones, so that the sum is exact.
    func byteCountShares(of location: Location) -> (pack: Int, outside: Int) {
        guard let head = location.head, let body = location.body else { return (0, 0) }
        let pack = head.pack
        let held = pack.block.allocatedByteCount
        var (before, total) = (0, 0)
        for run in 0..<pack.runCount {
            if run == head.run { before = total }
            total += pack.byteCount(of: run)
        }
        let start = held * before / total
        let end = held * (before + pack.byteCount(of: head.run)) / total
        var outside = 0
        if location.cell.kind == .reference { outside += location.cell.reference.allocatedByteCount }
        if head.isBoxed {
            outside += part(of: head.box.allocatedByteCount, location.rank, body.count)
        }
        return (part(of: end - start, location.rank, body.count), outside)
    }

    /// What the record of a rank has of `bytes` that `count` records share.
    private func part(of bytes: Int, _ rank: Int, _ count: Int) -> Int {
        share(bytes, rank + 1, of: count) - share(bytes, rank, of: count)
    }

    private func share(_ bytes: Int, _ rank: Int, of count: Int) -> Int { bytes * rank / count }
}

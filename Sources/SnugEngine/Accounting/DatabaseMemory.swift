internal import SnugMemory

/// Where the bytes of a database are, as the allocator rounds them. The parts add up to all that it holds, but for
/// the few hundred bytes of the database itself.
package struct DatabaseMemory: Sendable, Equatable {
    /// Entries with their keys and strings, and listpacks.
    package var entries = 0
    /// The directory by which entries are found.
    package var directory = 0
    /// Hash tables of large hashes, their directories included.
    package var nested = 0
    /// Watched keys.
    package var watches = 0

    package var total: Int { entries + directory + nested + watches }
}

extension Partition {
    /// The parts of a database's memory. Constant time.
    package func memory(ofDatabase index: Int) -> DatabaseMemory {
        let database = databases[index]
        return DatabaseMemory(
            entries: database.value.entries.entryByteCount, directory: database.value.entries.directoryByteCount,
            nested: database.value.nestedByteCount, watches: database.value.watches.allocatedByteCount)
    }

    /// Bytes that the allocator set aside for the key and all of its value, with its place in the directory; nil when
    /// it is not there. Constant time.
    package mutating func memoryUsage(of key: RawSpan) -> Int? {
        guard let entry = lookup(key, .peek) else { return nil }
        return entry.block.allocatedByteCount + entry.payloadAllocatedByteCount + entry.nestedByteCount + 8
    }
}

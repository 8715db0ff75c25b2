internal import SnugMemory

/// One numbered database of a partition.
struct Database: ~Copyable {
    var entries: EntryTable
    var watches: WatchTable
    /// Where the next slice of active expiration goes on.
    var expiryCursor: UInt64 = 0
    /// Bytes that the allocator set aside for nested hash tables.
    var nestedByteCount = 0

    init(hasher: KeyedHash) {
        entries = EntryTable(hasher: hasher)
        watches = WatchTable(hasher: hasher)
    }
}

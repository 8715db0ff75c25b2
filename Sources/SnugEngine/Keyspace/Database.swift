internal import SnugMemory

/// One numbered database of a partition.
struct Database: ~Copyable {
    var entries: EntryTable
    var watches = WatchTable()
    /// Where the next slice of active expiration goes on.
    var expiryCursor: UInt64 = 0

    init(hasher: KeyedHash) {
        entries = EntryTable(hasher: hasher)
    }
}

internal import SnugMemory

/// One numbered database of a partition.
struct Database: ~Copyable {
    var map: PackedMap
    var watches: WatchTable
    /// Which pack active expiration looks at next.
    var expiryPack = 0

    init(vocabulary: Box<Vocabulary>) {
        map = PackedMap(vocabulary: vocabulary, countsShapes: true)
        watches = WatchTable(vocabulary: vocabulary)
    }
}

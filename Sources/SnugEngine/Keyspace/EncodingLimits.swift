/// How large values may get, and up to which sizes they keep their small encoding. Changes act from the next write of a
/// value on.
package struct EncodingLimits: Sendable, Equatable {
    /// Most fields of a hash kept as listpack (`hash-max-listpack-entries`).
    package var hashListpackEntriesMax = 512 {
        didSet { hashEntriesNear = near(hashListpackEntriesMax) }
    }
    /// Longest field or value, in bytes, of a hash kept as listpack (`hash-max-listpack-value`).
    package var hashListpackValueMax = 64 {
        didSet { hashValueNear = near(hashListpackValueMax) }
    }
    /// Whether a value that falls below half of every limit gets its small encoding back (`encoding-revert`).
    package var encodingsRevert = true
    /// How much a list kept as listpack, and a node of a larger one, takes (`list-max-listpack-size`): as many
    /// elements, or from -1 to -5 4, 8, 16, 32 or 64 KB.
    package var listListpackSize = -2 {
        didSet {
            listNode = ListNodeLimit(listMaxListpackSize: listListpackSize)
            followWarnPercent()
        }
    }
    /// What follows from `listListpackSize`.
    private(set) var listNode = ListNodeLimit(listMaxListpackSize: -2)
    /// From so many elements, or bytes where these are what is limited, on a list is near to `listListpackSize`,
    /// `Int.max` for never.
    private(set) var listNear = 0
    /// Most members of a set of integers kept as intset (`set-max-intset-entries`).
    package var setIntegerSetEntriesMax = 512
    /// Most members of a set kept as listpack (`set-max-listpack-entries`).
    package var setListpackEntriesMax = 128
    /// Longest member, in bytes, of a set kept as listpack (`set-max-listpack-value`).
    package var setListpackValueMax = 64
    /// Most members of a sorted set kept as listpack (`zset-max-listpack-entries`).
    package var sortedSetListpackEntriesMax = 128
    /// Longest member, in bytes, of a sorted set kept as listpack (`zset-max-listpack-value`).
    package var sortedSetListpackValueMax = 64
    /// Most bytes of a sparse HyperLogLog, its header included (`hll-sparse-max-bytes`).
    package var hyperLogLogSparseByteCountMax = 3_000
    /// From so many bytes on, as Redis would have them, an entry of a stream goes to another node
    /// (`stream-node-max-bytes`); 0 for 1 GiB.
    package var streamNodeByteCountMax = 4096
    /// Most entries of a node of a stream, deleted ones included (`stream-node-max-entries`); 0 for any number.
    package var streamNodeEntriesMax = 100
    /// Longest string, in bytes, that a command may make out of shorter ones (`proto-max-bulk-len`). Never above
    /// `UInt32.max`, which is what a key or a value can have.
    package var stringByteCountMax = 512 << 20 {
        didSet { stringByteCountMax = min(stringByteCountMax, Int(UInt32.max)) }
    }

    /// The share of a limit, in percent, from which on a value counts as near to it (`encoding-warn-percent`), 0 for
    /// none.
    package var warnPercent = 90 {
        didSet { followWarnPercent() }
    }
    /// From so many fields on a hash is near to `hashListpackEntriesMax`, `Int.max` for never.
    package private(set) var hashEntriesNear = 0
    /// From so many bytes on a field or value is near to `hashListpackValueMax`, `Int.max` for never.
    package private(set) var hashValueNear = 0

    package init() {
        followWarnPercent()
    }

    private mutating func followWarnPercent() {
        hashEntriesNear = near(hashListpackEntriesMax)
        hashValueNear = near(hashListpackValueMax)
        listNear = near(listNode.countsElements ? listNode.countMax : listNode.byteCountMax)
    }

    /// The least whole number that is `warnPercent` of `limit`, which lies in `0...Int.max`. Never for a limit of which
    /// that is less than two: every value would be near to it.
    func near(_ limit: Int) -> Int {
        guard (1...100).contains(warnPercent) else { return .max }
        let least = limit / 100 * warnPercent + (limit % 100 * warnPercent + 99) / 100
        return least < 2 ? .max : least
    }
}

internal import SnugMemory

/// A map from byte strings to small records that stores what keys have in common once: the keyspace of a database, and
/// the fields of a large hash.
///
///     key ──KeyReader──► template, parts, index, hash
///                                               │
///     directory (`PackDirectory`)               ▼ low bits
///     ┌──────┬──────┬──────┬──────┬─────┐   ┌───────────────────────────────────────┐
///     │ pack │ pack │ pack │ pack │  …  │──►│ pack: run run run … (`Pack`)          │
///     └──────┴──────┴──────┴──────┴─────┘   └──────────┬────────────────────────────┘
///                                                      ▼ fingerprint: high bits
///                                           ┌───────────────────────────────────────┐
///                                           │ template, parts (`RunHead`)           │
///                                           │ records by column (`RunBody`)         │
///                                           └───────────────────────────────────────┘
///
/// Keys of one template that agree in everything but the low six bits of their last number form a run. Runs lie in
/// packs by hash; the directory grows and shrinks by one pack at a time (linear hashing, W. Litwin 1980): one pack is
/// split in two, or two are merged.
///
/// Invariants:
/// - I1: the directory has at least one pack.
/// - I2: a run whose hash is h is in the pack `bucket(of: h)`, once.
/// - I3: a pack without runs has no block.
/// - I4: `count`, `expiringCount`, `expiringHashCount`, `usedByteCount`, `packByteCount` and `outsideByteCount` are the
///   sums over the packs.
///
/// **Scanning.** A cursor is a position in the order of *bit-reversed* hashes, and an index. Each pack covers one
/// interval of that order whatever the level, so a scan that goes through the order returns every key that is there
/// throughout, under any growth, shrinking and re-encoding between the calls.
package struct PackedMap: ~Copyable {
    private let staysInPlace = StaysInPlace()
    var directory = PackDirectory()
    let vocabulary: Box<Vocabulary>
    package var count = 0
    /// How many records have an expiry.
    package var expiringCount = 0
    /// How many records are hashes with fields that expire.
    package var expiringHashCount = 0
    /// Bytes of the packs that are in use.
    var usedByteCount = 0
    /// Bytes that the allocator set aside for packs.
    package var packByteCount = 0
    /// Bytes that the allocator set aside for values outside of packs, and for long keys.
    package var outsideByteCount = 0
    /// When keys and fields of each pack are due; nil while none has an expiry.
    var due: Box<DueIndex>?
    /// At least as many keys as any pack has.
    private var packKeyCountBound: UInt32 = 0
    /// Whether this is a keyspace, whose keys are counted by shape.
    let countsShapes: Bool

    init(vocabulary: Box<Vocabulary>, countsShapes: Bool) {
        self.vocabulary = vocabulary
        self.countsShapes = countsShapes
        noteLayout()
    }

    deinit {
        for bucket in 0..<directory.count {
            guard let pack = Pack(bits: directory.bits(of: bucket)) else { continue }
            releaseContents(of: pack)
            pack.block.free()
        }
        due?.destroy()
    }

    var packKeyCountMax: Int {
        get { Int(packKeyCountBound) }
        set { packKeyCountBound = UInt32(newValue) }
    }

    /// How many packs there are, those without a block included.
    var packCount: Int { directory.count }

    /// Bytes that the allocator set aside for the directory and the index of expiries.
    package var directoryByteCount: Int {
        directory.allocatedByteCount + (due.map { $0.value.allocatedByteCount + DueIndex.boxByteCount } ?? 0)
    }

    /// How many bits of a hash tell packs apart; the first `split` ones are told apart by one more.
    @inline(__always)
    var level: Int { 63 &- directory.count.leadingZeroBitCount }
    var split: Int { directory.count &- 1 &<< level }

    /// The pack of a hash.
    @inline(__always)
    func bucket(of hash: UInt64) -> Int {
        let level = level
        let split = directory.count &- 1 &<< level
        let low = Int(truncatingIfNeeded: hash) & (1 &<< level &- 1)
        return low < split ? Int(truncatingIfNeeded: hash) & (2 &<< level &- 1) : low
    }

    @inline(__always)
    static func fingerprint(of hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash &>> 56) }

    /// Notes that locations in this map may be spent, if it is a keyspace. Called by whatever moves or reshapes packs.
    @inline(__always)
    func noteLayout() {
        let vocabulary = vocabulary
        if countsShapes { vocabulary.value.layoutNumber &+= 1 }
    }

    // MARK: Finding

    /// Where a key's record is, or where it would go. Valid until the map changes.
    struct Location: BitwiseCopyable {
        // No optionals: what says whether there is one would be woven into the numbers, and taken out at each use.
        private let runHead: RunHead
        private let runBody: RunBody
        private let hasRun: Bool
        private let bucketNumber: UInt32
        private let indexNumber: UInt8
        private let rankNumber: UInt8
        /// Whether the record is there.
        let isPresent: Bool

        /// The run that the key belongs to, nil when there is none yet.
        var head: RunHead? { hasRun ? runHead : nil }
        var body: RunBody? { hasRun ? runBody : nil }
        var bucket: Int { Int(bucketNumber) }
        var index: Int { Int(indexNumber) }
        /// Its place among the run's records.
        var rank: Int { Int(rankNumber) }

        /// A place in a run.
        @inline(__always)
        init(bucket: Int, index: Int, head: RunHead, body: RunBody) {
            self.init(bucket: bucket, index: index, head, body, hasRun: true)
        }

        /// Where there is no run yet.
        @inline(__always)
        init(bucket: Int, index: Int) {
            self.init(bucket: bucket, index: index, .none, .none, hasRun: false)
        }

        @inline(__always)
        private init(bucket: Int, index: Int, _ head: RunHead, _ body: RunBody, hasRun: Bool) {
            bucketNumber = UInt32(truncatingIfNeeded: bucket)
            indexNumber = UInt8(truncatingIfNeeded: index)
            runHead = head
            runBody = body
            self.hasRun = hasRun
            isPresent = body.contains(index)
            rankNumber = UInt8(truncatingIfNeeded: body.rank(of: index))
        }

        /// The record's payload; it must be there.
        var cell: Cell {
            @inline(__always) get {
                precondition(isPresent, "a record that is not there")
                return runBody.cell(at: rank)
            }
        }

        /// When the record expires, or nil.
        var expiry: Int64? {
            @inline(__always) get { isPresent ? runBody.expiry(at: rank) : nil }
        }

        var access: UInt32? { isPresent ? runBody.access(at: rank) : nil }

        /// Whether both say the same; for assertions.
        func isSame(as other: Location) -> Bool {
            bucket == other.bucket && index == other.index && rank == other.rank && isPresent == other.isPresent
                && head?.start == other.head?.start && body?.block.bits == other.body?.block.bits
                && head?.run == other.head?.run && head?.end == other.head?.end && head?.form == other.head?.form
                && body?.start == other.body?.start && body?.end == other.body?.end
                && body?.presence == other.body?.presence && body?.valueForm == other.body?.valueForm
                && body?.valueOffset == other.body?.valueOffset && body?.expiryOffset == other.body?.expiryOffset
                && body?.accessOffset == other.body?.accessOffset && expiry == other.expiry
        }
    }

    /// Where the record of `key` is, or would go. Expected constant time: a pack's fingerprints, and a run's columns.
    @inline(__always)
    func locate(_ key: borrowing KeyReader) -> Location {
        let hash = key.hash
        let bucket = bucket(of: hash)
        guard let pack = Pack(bits: directory.bits(of: bucket)) else {
            return Location(bucket: bucket, index: key.index)
        }
        if usedByteCount > Self.cachedByteCountMax && !key.isAnnounced { prefetchAll(of: pack) }
        let fingerprint = Self.fingerprint(of: hash)
        var run = pack.firstRun(withFingerprint: fingerprint, from: 0)
        while run >= 0 {
            let head = RunHead(pack: pack, run: run)
            if let body = head.body(of: key, in: vocabulary.value) {
                return Location(bucket: bucket, index: key.index, head: head, body: body)
            }
            run = pack.firstRun(withFingerprint: fingerprint, from: run &+ 1)
        }
        return Location(bucket: bucket, index: key.index)
    }
}

package import SnugMemory

/// What all packed maps of a partition share: the text that recurs in keys and fields, the secret of the hash, and the
/// buffers in which keys, values and runs are taken apart. Lives in a `Box` that the partition owns; every map keeps
/// the box's bits. It belongs to one thread.
package struct Vocabulary: ~Copyable {
    private let staysInPlace = StaysInPlace()
    package let hasher: KeyedHash
    /// Templates of keys and fields, counted by the runs that name them.
    package internal(set) var templates: InternTable
    /// Names of fields, counted by the small hashes that use them.
    package internal(set) var names: InternTable
    /// What the keys of each template cost.
    package internal(set) var shapes = ShapeCounts()
    /// The same by type and encoding.
    var encodings = EncodingCounts()
    /// Changes whenever locations in a keyspace may be spent.
    var layoutNumber: UInt64 = 0
    /// Reads the key of the current command.
    var key: KeyReader
    /// Reads the field of the current command.
    var field: KeyReader
    var scratch = RunScratch()
    /// A key that has been written out.
    var keyText = GrowableBytes()
    /// A value that has been written out.
    var valueText = GrowableBytes()
    /// A value that has been packed.
    var packedText = GrowableBytes()
    /// The bytes of a compact hash that is being changed.
    var hashText = GrowableBytes()
    /// The bytes of a small list that is being changed.
    var listText = GrowableBytes()
    /// An element on its way from one list to another.
    var elementText = GrowableBytes()
    /// Room for the bytes of a set that is being changed.
    var setBytes = GrowableBytes()
    /// Entries of sorted sets that are laid out anew.
    let ordered = Box(OrderedScratch())
    /// Entries of streams that are put together.
    let streams = Box(StreamScratch())
    /// Which of the runs of a pack leave it when it is split, a byte each; positions of a scan.
    var runMarks = GrowableBytes()
    /// `expiryBase` without its 32 low bits.
    private(set) var expiryWindow: UInt16 = 0
    /// Which pack compaction with growth looks at next, in whatever map grows.
    var compactedPack = 0
    /// The mean byte count of packs from which on a map grows.
    let packByteCountMean: Int

    /// Bytes of the buffers.
    var bufferByteCount: Int {
        scratch.allocatedByteCount + keyText.capacity + valueText.capacity + packedText.capacity + hashText.capacity
            + listText.capacity + elementText.capacity + setBytes.capacity + ordered.value.allocatedByteCount
            + streams.value.allocatedByteCount
            + runMarks.capacity + key.bufferByteCount + field.bufferByteCount
    }

    deinit {
        ordered.destroy()
        streams.destroy()
    }

    /// Most templates, and names, that are kept at a time.
    static let templateCountMax = 16_384
    static let nameCountMax = 4_096

    /// What expiries of single keys and of fields are counted from where that takes fewer bytes, milliseconds since
    /// 1970: at most 50 days before the first was set.
    var expiryBase: Int64 { Int64(expiryWindow) << 32 }

    /// Notes that an expiry is about to be stored. The base is chosen once.
    @inline(__always)
    mutating func noteExpiry(now: Int64) {
        if expiryWindow == 0 { expiryWindow = UInt16(clamping: now >> 32) }
    }

    init(hasher: KeyedHash, packByteCountMean: Int = 1_152) {
        self.hasher = hasher
        self.packByteCountMean = packByteCountMean
        templates = InternTable(hasher: hasher, countMax: Self.templateCountMax, byteCountMax: 255)
        names = InternTable(hasher: hasher, countMax: Self.nameCountMax, byteCountMax: 64)
        key = KeyReader(hasher: hasher)
        field = KeyReader(hasher: hasher)
    }
}

/// Keys, bytes and keys with an expiry by template, counted as data change.
package struct ShapeCounts: Sendable {
    package struct Count: Sendable, Equatable {
        package var keys = 0
        /// Bytes of runs, and what the allocator set aside for values outside of packs.
        package var bytes = 0
        package var expiring = 0
    }

    /// By template number.
    package private(set) var numbered: [Count] = []
    /// Keys whose template is not kept.
    package private(set) var others = Count()

    package init() {}

    @inline(__always)
    mutating func add(_ template: Int?, keys: Int, bytes: Int, expiring: Int) {
        guard let template else {
            others.keys += keys
            others.bytes += bytes
            others.expiring += expiring
            return
        }
        if template >= numbered.count { extend(to: template) }
        numbered[template].keys += keys
        numbered[template].bytes += bytes
        numbered[template].expiring += expiring
    }

    private mutating func extend(to template: Int) {
        numbered.append(contentsOf: repeatElement(Count(), count: template + 1 - numbered.count))
    }
}

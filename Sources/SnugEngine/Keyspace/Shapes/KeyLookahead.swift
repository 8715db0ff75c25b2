internal import SnugMemory

/// Keys that have been read before their turn. A `KeyReader` that comes to one of them takes what was read over.
///
///     announced   ┌───┬───┬───┬───┬───┐   keys are looked for at `next` and behind it, because the commands come in
///                 │ a │ b │ c │ d │ … │   the order in which they were announced, and some read no key or another
///                 └───┴───┴───┴───┴───┘
///                       ▲ next
struct KeyLookahead: ~Copyable {
    static let countMax = PrefetchQueue.countMax
    /// How many announced keys a key is compared with.
    private static let comparedCount = 4

    private let readers: [Box<KeyReader>]
    private var count = 0
    private var next = 0

    init(hasher: KeyedHash) {
        readers = (0..<Self.countMax).map { _ in Box(KeyReader(hasher: hasher)) }
    }

    deinit {
        for reader in readers { reader.destroy() }
    }

    /// Bytes that the allocator set aside, this structure's box included.
    var allocatedByteCount: Int {
        readers.reduce(readers.capacity * 8 + Self.boxByteCount) { sum, reader in
            sum + reader.value.bufferByteCount + KeyReader.boxByteCount
        }
    }

    private static let boxByteCount = Box<KeyLookahead>.probedByteCount()

    /// Forgets what was announced.
    mutating func removeAll() { (count, next) = (0, 0) }

    /// Reads a key and keeps what was read; there is room for `countMax`. The same key as before takes no room. Returns
    /// the reader that holds it, nil when there is no room or the key has more bytes than are compared.
    mutating func announce(_ key: RawSpan) -> Box<KeyReader>? {
        if count > 0 && readers[count &- 1].value.holds(key) { return readers[count &- 1] }
        guard count < Self.countMax && key.byteCount <= ShortKey.byteCountMax else { return nil }
        let reader = readers[count]
        reader.value.read(key)
        count &+= 1
        return reader
    }

    /// The reader that has read `key`, if it is among the next ones.
    @inline(__always)
    mutating func find(_ key: RawSpan) -> Box<KeyReader>? {
        var place = next
        while place < count && place < next &+ Self.comparedCount {
            if readers[place].value.holds(key) {
                next = place &+ 1
                return readers[place]
            }
            place &+= 1
        }
        return nil
    }
}

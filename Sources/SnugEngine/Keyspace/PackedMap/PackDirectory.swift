internal import SnugMemory

/// The packs of a map by number: a word for each, the bits of its block or 0 for one without keys. It grows and shrinks
/// by one word at a time and never moves more than one segment.
///
///     one pack        the word itself
///     more            ┌────────┬────────┬─────┐   a block with room for a power of two of segments
///                     │ seg. 0 │ seg. 1 │  …  │
///                     └───┼────┴───┼────┴─────┘
///                         ▼        ▼              512 words each; the first one alone has room for 2, 4, 8, … of them
struct PackDirectory: ~Copyable {
    static let segmentWordCount = 512

    /// How many packs there are, at least one.
    var count: Int { Int(packCount) }
    private var packCount: UInt32 = 1
    private var firstSegmentRoom: UInt32 = 0
    /// The only word while `count` is 1, else the bits of the block of segments.
    private var word: UInt64 = 0
    /// Bytes that the allocator set aside.
    private(set) var allocatedByteCount = 0

    private var firstSegmentCapacity: Int {
        get { Int(firstSegmentRoom) }
        set { firstSegmentRoom = UInt32(newValue) }
    }

    private var segmentCount: Int { (count + Self.segmentWordCount - 1) / Self.segmentWordCount }

    /// Frees the directory's own blocks. The packs are the owner's to free before.
    deinit {
        guard count > 1 else { return }
        for index in 0..<segmentCount { segment(index).free() }
        segments.free()
    }

    private var segments: Block {
        guard let block = Block(bits: word) else { preconditionFailure("a directory without segments") }
        return block
    }

    private func segment(_ index: Int) -> Block {
        guard let block = Block(bits: segments.load(UInt64.self, at: index << 3)) else {
            preconditionFailure("a directory without a segment")
        }
        return block
    }

    /// The bits of a pack's block, 0 when it has none.
    @inline(__always)
    func bits(of index: Int) -> UInt64 {
        assert(index < count)
        if count == 1 { return word }
        return segment(index >> 9).load(UInt64.self, at: (index & 511) << 3)
    }

    /// Brings the word of a pack into the processor's caches.
    @inline(__always)
    func prefetch(_ index: Int) {
        assert(index < count)
        if count > 1 { segment(index >> 9).prefetch(at: (index & 511) << 3) }
    }

    mutating func set(_ index: Int, to bits: UInt64) {
        assert(index < count)
        if count == 1 {
            word = bits
        } else {
            segment(index >> 9).store(bits, at: (index & 511) << 3)
        }
    }

    /// Adds a pack without a block behind the others.
    mutating func append() {
        if count == 1 {
            makeSegments()
        } else if count == firstSegmentCapacity && count < Self.segmentWordCount {
            resizeFirstSegment(to: count * 2)
        } else if count & 511 == 0 {
            addSegment()
        }
        precondition(packCount < .max, "a directory beyond its range")
        packCount += 1
        set(count - 1, to: 0)
    }

    /// Takes the last of several packs away, whose word must be 0.
    mutating func removeLast() {
        precondition(count > 1 && bits(of: count - 1) == 0, "a pack that is still in use")
        let remaining = count - 1
        if remaining == 1 {
            let first = bits(of: 0)
            allocatedByteCount = 0
            segment(0).free()
            segments.free()
            packCount = 1
            firstSegmentCapacity = 0
            word = first
            return
        }
        if remaining & 511 == 0 { removeLastSegment() }
        packCount = UInt32(remaining)
        if count <= firstSegmentCapacity / 4 { resizeFirstSegment(to: firstSegmentCapacity / 2) }
    }

    // MARK: Segments

    private mutating func makeSegments() {
        let only = word
        let first = allocate(wordCount: 2)
        let list = allocate(wordCount: 1)
        list.store(first.bits, at: 0)
        first.store(only, at: 0)
        word = list.bits
        firstSegmentCapacity = 2
    }

    private mutating func addSegment() {
        let index = count >> 9
        // The list is full whenever its count is a power of two.
        if index & (index - 1) == 0 { resizeList(to: index * 2) }
        segments.store(allocate(wordCount: Self.segmentWordCount).bits, at: index << 3)
    }

    private mutating func removeLastSegment() {
        let index = segmentCount - 1
        free(segment(index))
        if index & (index - 1) == 0 { resizeList(to: index) }
    }

    private mutating func resizeFirstSegment(to capacity: Int) {
        let first = segment(0)
        allocatedByteCount -= first.allocatedByteCount
        let resized = first.resized(to: capacity << 3)
        allocatedByteCount += resized.allocatedByteCount
        segments.store(resized.bits, at: 0)
        firstSegmentCapacity = capacity
    }

    private mutating func resizeList(to capacity: Int) {
        let list = segments
        allocatedByteCount -= list.allocatedByteCount
        let resized = list.resized(to: capacity << 3)
        allocatedByteCount += resized.allocatedByteCount
        word = resized.bits
    }

    private mutating func allocate(wordCount: Int) -> Block {
        let block = Block.allocate(byteCount: wordCount << 3)
        allocatedByteCount += block.allocatedByteCount
        return block
    }

    private mutating func free(_ block: Block) {
        allocatedByteCount -= block.allocatedByteCount
        block.free()
    }
}

package import SnugMemory

/// A hash table of entries that grows and shrinks by one bucket at a time (linear hashing, W. Litwin 1980): no pause,
/// no second table. It serves the keyspace of a database and the fields of a large hash.
///
///     buckets  0 … split-1   split … 2^level-1   2^level … 2^level+split-1
///              addressed by   addressed by        the halves split off the first ones,
///              level+1 bits   level bits          addressed by level+1 bits
///
/// A bucket is a chain of entries. Heads lie in segments of 512, so that growth does not move them; a table of fewer
/// buckets has one segment with room for 4, 8, … of them, so that a small one is small.
///
/// Invariants:
/// - I1: `bucketCount == 1 << level + split`, `0 <= split < 1 << level`.
/// - I2: an entry with hash h is in the chain of `bucket(of: h)`.
/// - I3: the entry count is at most the bucket count, and at least a quarter of it beyond four buckets.
///
/// **Scanning.** A cursor is a position in the order of *bit-reversed* hashes. Each bucket covers one interval of that
/// order whatever the level, so a scan that emits a whole bucket and goes on at the interval's end returns every entry
/// that is there throughout, under any growth and shrinking between the calls.
package struct EntryTable: ~Copyable {
    static let segmentBucketCount = 512
    static let bucketCountMin = 4

    /// The segments' bits, one word each, in a block of its own with room for a power of two of them; nil without a
    /// segment.
    private(set) var directory: Block?
    private(set) var segmentCount = 0
    /// How many heads the first segment has room for: a power of two, and all 512 when there are others.
    private var firstSegmentCapacity = bucketCountMin
    var level = 0
    var split = 0
    let hasher: KeyedHash
    package private(set) var count = 0
    /// How many entries have an expiry.
    package private(set) var expiringCount = 0
    /// Bytes that the allocator set aside for entries and what they refer to.
    package internal(set) var entryByteCount = 0
    /// Bytes that the allocator set aside for the segments of heads and the list of them.
    package private(set) var directoryByteCount = 0

    package init(hasher: KeyedHash) {
        self.hasher = hasher
    }

    deinit {
        for index in 0..<bucketsInUse {
            var next = head(index)
            while let block = Block(bits: next) {
                let entry = Entry(block: block)
                next = entry.next
                entry.destroyPayload()
                block.free()
            }
        }
        for index in 0..<segmentCount { segment(index).free() }
        directory?.free()
    }

    var bucketCount: Int { 1 << level + split }
    var bucketsInUse: Int { segmentCount == 0 ? 0 : bucketCount }

    // MARK: Buckets

    func bucket(of hash: UInt32) -> Int {
        let index = Int(hash) & (1 << level - 1)
        return index < split ? Int(hash) & (1 << (level + 1) - 1) : index
    }

    @inline(__always)
    func segment(_ index: Int) -> Block {
        assert(index < segmentCount)
        guard let segment = directory.flatMap({ Block(bits: $0.load(UInt64.self, at: index << 3)) }) else {
            preconditionFailure("a bucket without a segment")
        }
        return segment
    }

    /// The bits of the first entry of a bucket, 0 when it is empty.
    @inline(__always)
    func head(_ bucket: Int) -> UInt64 {
        segment(bucket >> 9).load(UInt64.self, at: (bucket & 511) << 3)
    }

    func setHead(_ bucket: Int, _ bits: UInt64) {
        segment(bucket >> 9).store(bits, at: (bucket & 511) << 3)
    }

    // MARK: Finding

    @inline(__always)
    package func hash(of key: RawSpan) -> UInt32 {
        UInt32(truncatingIfNeeded: hasher.hash(key))
    }

    /// The entry of `key`, whose hash is `hash`. Expected constant time.
    package func find(_ key: RawSpan, hash: UInt32) -> Entry? {
        guard count > 0 else { return nil }
        var next = head(bucket(of: hash))
        while let block = Block(bits: next) {
            let entry = Entry(block: block)
            if entry.hash == hash && entry.hasKey(key) { return entry }
            next = entry.next
        }
        return nil
    }

    // MARK: Changing

    /// Adds an entry for a key that is not there. The payload's bytes are the caller's to fill.
    package mutating func insert(
        _ key: RawSpan, hash: UInt32, kind: Entry.Kind, payloadByteCount: Int
    ) -> Entry {
        if segmentCount == 0 { addSegment() }
        let block = Block.allocate(byteCount: Entry.headerByteCount + key.byteCount + payloadByteCount)
        entryByteCount += block.allocatedByteCount
        let entry = Entry.initialize(block, hash: hash, key: key, kind: kind, payloadByteCount: payloadByteCount)
        let index = bucket(of: hash)
        entry.next = head(index)
        setHead(index, block.bits)
        count += 1
        if count > bucketCount { growByOne() }
        return entry
    }

    /// Takes the entry of `key` out and frees it with all that it refers to. False when it is not there.
    package mutating func remove(_ key: RawSpan, hash: UInt32) -> Bool {
        guard let entry = find(key, hash: hash) else { return false }
        remove(entry)
        return true
    }

    package mutating func remove(_ entry: Entry) {
        removeWithoutShrinking(entry)
        shrinkToFit()
    }

    mutating func removeWithoutShrinking(_ entry: Entry) {
        entryByteCount -= entry.payloadAllocatedByteCount
        entry.destroyPayload()
        unlinkWithoutShrinking(entry)
    }

    /// Takes the entry out and frees it, leaving what it refers to to the caller.
    mutating func unlink(_ entry: Entry) {
        unlinkWithoutShrinking(entry)
        shrinkToFit()
    }

    mutating func unlinkWithoutShrinking(_ entry: Entry) {
        link(before: entry, to: entry.next)
        entryByteCount -= entry.block.allocatedByteCount
        if entry.hasExpiry { expiringCount -= 1 }
        entry.block.free()
        count -= 1
    }

    /// Gives the entry a payload of another kind and byte count. The former payload's bytes are kept as far as they
    /// fit; what it referred to is the caller's. The handle passed in is spent.
    package mutating func resizePayload(of entry: Entry, kind: Entry.Kind, byteCount: Int) -> Entry {
        if byteCount == entry.payloadByteCount {
            entry.kind = kind
            return entry
        }
        let resized = resize(entry, to: entry.payloadOffset + byteCount)
        resized.kind = kind
        resized.payloadByteCount = byteCount
        return resized
    }

    /// Sets or takes away the entry's expiry. The handle passed in is spent.
    @discardableResult
    package mutating func setExpiry(of entry: Entry, to milliseconds: Int64?) -> Entry {
        var entry = entry
        switch (entry.hasExpiry, milliseconds) {
        case (false, nil): return entry
        case (false, _?):
            entry = resize(entry, to: entry.byteCount + 8)
            entry.setExpiryPlace(present: true)
            expiringCount += 1
        case (true, nil):
            entry.setExpiryPlace(present: false)
            expiringCount -= 1
            entry = resize(entry, to: entry.byteCount)
        case (true, _?): break
        }
        if let milliseconds { entry.storeExpiry(milliseconds) }
        return entry
    }

    private mutating func resize(_ entry: Entry, to byteCount: Int) -> Entry {
        let before = entry.block.allocatedByteCount
        // The common case of a value of about the same length: the allocator's size class already fits.
        if byteCount <= before && byteCount > before - before / 4 { return entry }
        // Found before the block may move, because its chain is found through its own hash.
        let bits = entry.block.bits
        let hash = entry.hash
        let moved = Entry(block: entry.block.resized(to: byteCount))
        entryByteCount += moved.block.allocatedByteCount - before
        if moved.block.bits != bits { relink(bits, hash: hash, to: moved.block.bits) }
        return moved
    }

    private func link(before entry: Entry, to bits: UInt64) {
        relink(entry.block.bits, hash: entry.hash, to: bits)
    }

    /// Makes whatever refers to `bits` in the chain of `hash` refer to `replacement`.
    private func relink(_ bits: UInt64, hash: UInt32, to replacement: UInt64) {
        let index = bucket(of: hash)
        var next = head(index)
        if next == bits {
            setHead(index, replacement)
            return
        }
        while let block = Block(bits: next) {
            let entry = Entry(block: block)
            next = entry.next
            if next == bits {
                entry.next = replacement
                return
            }
        }
        preconditionFailure("an entry that is not in its bucket")
    }

    // MARK: Growing and shrinking

    private mutating func addSegment() {
        let byteCount = (segmentCount == 0 ? firstSegmentCapacity : Self.segmentBucketCount) << 3
        let segment = Block.allocate(byteCount: byteCount)
        segment.fill(0, at: 0, byteCount: byteCount)
        // The directory is full whenever its count is a power of two.
        if segmentCount & (segmentCount - 1) == 0 { resizeDirectory(to: max(1, segmentCount * 2)) }
        directory?.store(segment.bits, at: segmentCount << 3)
        segmentCount += 1
        directoryByteCount += segment.allocatedByteCount
    }

    private mutating func removeSegment() {
        let last = segment(segmentCount - 1)
        directoryByteCount -= last.allocatedByteCount
        last.free()
        segmentCount -= 1
        if segmentCount & (segmentCount - 1) == 0 { resizeDirectory(to: segmentCount) }
    }

    private mutating func resizeFirstSegment(to capacity: Int) {
        let first = segment(0)
        directoryByteCount -= first.allocatedByteCount
        let resized = first.resized(to: capacity << 3)
        let added = capacity - firstSegmentCapacity
        if added > 0 { resized.fill(0, at: firstSegmentCapacity << 3, byteCount: added << 3) }
        directoryByteCount += resized.allocatedByteCount
        directory?.store(resized.bits, at: 0)
        firstSegmentCapacity = capacity
    }

    private mutating func resizeDirectory(to capacity: Int) {
        directoryByteCount -= directory?.allocatedByteCount ?? 0
        let resized = directory?.resized(to: capacity << 3) ?? Block.allocate(byteCount: capacity << 3)
        directoryByteCount += resized.allocatedByteCount
        directory = resized
    }

    /// Splits the bucket `split` in two by one more hash bit.
    private mutating func growByOne() {
        let target = bucketCount
        if target == firstSegmentCapacity && target < Self.segmentBucketCount {
            resizeFirstSegment(to: target * 2)
        } else if target >> 9 == segmentCount {
            addSegment()
        }
        let bit = UInt32(1) << UInt32(level)
        var staying: UInt64 = 0
        var leaving: UInt64 = 0
        var next = head(split)
        while let block = Block(bits: next) {
            let entry = Entry(block: block)
            next = entry.next
            if entry.hash & bit == 0 {
                entry.next = staying
                staying = block.bits
            } else {
                entry.next = leaving
                leaving = block.bits
            }
        }
        setHead(split, staying)
        setHead(target, leaving)
        split += 1
        if split == 1 << level {
            level += 1
            split = 0
        }
    }

    /// Restores I3 after removals. At most four buckets for each entry that went.
    mutating func shrinkToFit() {
        while bucketCount > Self.bucketCountMin && count < bucketCount / 4 { shrinkByOne() }
    }

    /// Merges the last bucket into the one that it was split from.
    private mutating func shrinkByOne() {
        if split == 0 {
            level -= 1
            split = 1 << level
        }
        split -= 1
        let last = bucketCount
        var next = head(last)
        while let block = Block(bits: next) {
            let entry = Entry(block: block)
            next = entry.next
            entry.next = head(split)
            setHead(split, block.bits)
        }
        setHead(last, 0)
        if last & 511 == 0 { removeSegment() }
        if bucketCount <= firstSegmentCapacity / 4 && firstSegmentCapacity > Self.bucketCountMin {
            resizeFirstSegment(to: firstSegmentCapacity / 2)
        }
    }
}

internal import SnugMemory

/// Visiting entries: all of them, some from a cursor on, one at random.
extension EntryTable {
    /// Calls `body` with the entries of whole buckets from `cursor` on, until at least `minimumCount` entries or ten
    /// times as many buckets have been seen. Returns the cursor to go on from, 0 at the end. `body` must not change the
    /// table.
    package func scan<Failure: Error>(
        from cursor: UInt64, minimumCount: Int, _ body: (Entry) throws(Failure) -> Void
    ) throws(Failure) -> UInt64 {
        guard count > 0 else { return 0 }
        var walk = BucketWalk(from: cursor, minimumCount: minimumCount)
        while let position = walk.next() {
            let index = bucket(of: position.bitReversed)
            var next = head(index)
            while let block = Block(bits: next) {
                let entry = Entry(block: block)
                next = entry.next
                try body(entry)
                walk.seen += 1
            }
            walk.position = end(ofBucket: index, at: walk.position)
        }
        return walk.cursor
    }

    /// As `scan`, but `keeps` says of each entry whether it stays; those that do not are freed with all that they refer
    /// to. `keeps` itself must not change the table.
    mutating func sweep(
        from cursor: UInt64, minimumCount: Int, keeping keeps: (Entry) -> Bool
    ) -> UInt64 {
        guard count > 0 else { return 0 }
        var walk = BucketWalk(from: cursor, minimumCount: minimumCount)
        while let position = walk.next() {
            let index = bucket(of: position.bitReversed)
            var next = head(index)
            while let block = Block(bits: next) {
                let entry = Entry(block: block)
                next = entry.next
                walk.seen += 1
                if !keeps(entry) { removeWithoutShrinking(entry) }
            }
            walk.position = end(ofBucket: index, at: walk.position)
        }
        // Not before, because merging buckets moves the entries that come next.
        shrinkToFit()
        return walk.cursor
    }

    /// Where the interval of the bucket that contains `position` ends, in the order of bit-reversed hashes.
    private func end(ofBucket index: Int, at position: UInt64) -> UInt64 {
        let isSplit = index < split || index >= 1 << level
        let bits = UInt64(isSplit ? level + 1 : level)
        let width = UInt64(1) << (32 - bits)
        return position & ~(width - 1) + width
    }

    /// Calls `body` with every entry. `body` must not change the table.
    package func forEach<Failure: Error>(_ body: (Entry) throws(Failure) -> Void) throws(Failure) {
        for index in 0..<bucketsInUse {
            var next = head(index)
            while let block = Block(bits: next) {
                let entry = Entry(block: block)
                next = entry.next
                try body(entry)
            }
        }
    }

    /// An entry drawn with equal chances (a little less in a chain of more than eight), or nil when there is none. A
    /// bucket is drawn until one is accepted, with a chance of an eighth for each of its entries: expected constant
    /// time, at most some 4,000 draws when one entry is left.
    package func randomEntry(using random: inout RandomSource) -> Entry? {
        guard count > 0 else { return nil }
        while true {
            let first = head(Int(random.next(below: UInt64(bucketCount))))
            var chainCount: UInt64 = 0
            var next = first
            while let block = Block(bits: next) {
                chainCount += 1
                next = Entry(block: block).next
            }
            guard chainCount > 0, random.next(below: 8) < chainCount else { continue }
            var place = random.next(below: chainCount)
            next = first
            while let block = Block(bits: next) {
                let entry = Entry(block: block)
                if place == 0 { return entry }
                place -= 1
                next = entry.next
            }
        }
    }
}

/// How far a scan has come, and when it stops.
private struct BucketWalk {
    /// In the order of bit-reversed hashes; 2^32 is the end.
    var position: UInt64
    /// How many entries have been visited.
    var seen = 0
    private var bucketsLeft: Int
    private let minimumCount: Int

    init(from cursor: UInt64, minimumCount: Int) {
        position = UInt64(UInt32(truncatingIfNeeded: cursor))
        self.minimumCount = minimumCount
        let (most, overflow) = minimumCount.multipliedReportingOverflow(by: 10)
        bucketsLeft = overflow ? Int.max : most
    }

    /// The position of the next bucket to visit, or nil when the scan has come far enough.
    mutating func next() -> UInt32? {
        guard seen < minimumCount && bucketsLeft > 0 else { return nil }
        bucketsLeft -= 1
        return UInt32(exactly: position)
    }

    /// What a later scan goes on from, 0 at the end.
    var cursor: UInt64 { position > UInt64(UInt32.max) ? 0 : position }
}

extension UInt32 {
    /// The same bits in the opposite order.
    var bitReversed: UInt32 {
        var bits = self
        bits = (bits >> 1) & 0x5555_5555 | (bits & 0x5555_5555) << 1
        bits = (bits >> 2) & 0x3333_3333 | (bits & 0x3333_3333) << 2
        bits = (bits >> 4) & 0x0f0f_0f0f | (bits & 0x0f0f_0f0f) << 4
        return bits.byteSwapped
    }
}

internal import SnugMemory

/// Visiting records: all of them, some from a cursor on, one at random.
extension PackedMap {
    /// Calls `body` with every record. `body` must not change the map.
    func forEach<Failure: Error>(_ body: (Location) throws(Failure) -> Void) throws(Failure) {
        for bucket in 0..<directory.count {
            guard let pack = Pack(bits: directory.bits(of: bucket)) else { continue }
            for run in 0..<pack.runCount {
                let head = RunHead(pack: pack, run: run)
                let records = head.body(in: vocabulary.value)
                var presence = records.presence
                while presence != 0 {
                    let index = presence.trailingZeroBitCount
                    presence &= presence - 1
                    try body(Location(bucket: bucket, index: index, head: head, body: records))
                }
            }
        }
    }

    // MARK: Scanning

    private static let positionBitCount: UInt64 = 48
    private static let positionEnd: UInt64 = 1 << positionBitCount

    /// Where a run stands in the order of scans: the low 48 bits of its hash, the lowest first.
    private static func position(of hash: UInt64) -> UInt64 { hash.bitReversed >> (64 - positionBitCount) }

    /// Calls `body` with records from `cursor` on, until at least `minimumCount` have been seen or ten times as many
    /// packs. Returns the cursor to go on from, 0 at the end. `body` must not change the map.
    ///
    ///     cursor  ┌────────────────────────┬─────────┐
    ///             │ position of a run: 48  │ index 6 │
    ///             └────────────────────────┴─────────┘
    package func scan(from cursor: UInt64, minimumCount: Int, _ body: (Record) -> Void) -> UInt64 {
        guard count > 0 else { return 0 }
        var walk = ScanWalk(from: cursor, minimumCount: minimumCount)
        guard walk.position < Self.positionEnd else { return 0 }
        while true {
            let bucket = bucket(of: (walk.position << (64 - Self.positionBitCount)).bitReversed)
            let end = self.end(ofBucket: bucket, at: walk.position)
            if let pack = Pack(bits: directory.bits(of: bucket)), !scan(pack, bucket, &walk, body) {
                return walk.cursor
            }
            walk.position = end
            walk.index = 0
            if end >= Self.positionEnd { return 0 }
            if walk.isOver() { return walk.cursor }
        }
    }

    /// Goes through the rest of a pack. False when the walk ends inside it.
    private func scan(_ pack: Pack, _ bucket: Int, _ walk: inout ScanWalk, _ body: (Record) -> Void) -> Bool {
        let vocabulary = vocabulary
        let runCount = pack.runCount
        vocabulary.value.runMarks.truncate(to: 0)
        for run in 0..<runCount {
            let hash = RunHead(pack: pack, run: run).hash(in: vocabulary.value)
            vocabulary.value.runMarks.append(bytesOf: Self.position(of: hash))
        }
        var isFirst = true
        while true {
            // The next position in order; runs that share one are visited together.
            var next = UInt64.max
            for run in 0..<runCount {
                let position = vocabulary.value.runMarks.bytes.load(UInt64.self, at: run << 3)
                let isAhead = position > walk.position || isFirst && position == walk.position
                if isAhead && position < next { next = position }
            }
            if next == .max { return true }
            if !isFirst && walk.isFull {
                walk.position = next
                walk.index = 0
                return false
            }
            let start = next == walk.position ? walk.index : 0
            isFirst = false
            walk.position = next
            if let stop = visit(next, from: start, pack, bucket, &walk, body) {
                walk.index = stop
                return false
            }
        }
    }

    /// Visits the records of the runs at a position. Returns the index at which to go on when the walk is full inside
    /// of the only run there.
    private func visit(
        _ position: UInt64, from start: Int, _ pack: Pack, _ bucket: Int, _ walk: inout ScanWalk,
        _ body: (Record) -> Void
    ) -> Int? {
        var runs = 0
        for run in 0..<pack.runCount
        where vocabulary.value.runMarks.bytes.load(UInt64.self, at: run << 3) == position { runs += 1 }
        for run in 0..<pack.runCount
        where vocabulary.value.runMarks.bytes.load(UInt64.self, at: run << 3) == position {
            let head = RunHead(pack: pack, run: run)
            let records = head.body(in: vocabulary.value)
            var presence = records.presence & (UInt64.max << UInt64(start))
            while presence != 0 {
                let index = presence.trailingZeroBitCount
                if walk.isFull && runs == 1 { return index }
                presence &= presence - 1
                body(Record(Location(bucket: bucket, index: index, head: head, body: records), in: vocabulary))
                walk.seen += 1
            }
        }
        return nil
    }

    /// Where the interval of the pack that contains a position ends.
    private func end(ofBucket index: Int, at position: UInt64) -> UInt64 {
        let isSplit = index < split || index >= 1 << level
        let bits = UInt64(isSplit ? level + 1 : level)
        let width = UInt64(1) << (Self.positionBitCount - bits)
        return position & ~(width - 1) + width
    }

    // MARK: Drawing

    /// A record drawn with nearly equal chances, or nil when there is none. Packs are drawn until one is accepted, with
    /// a chance in proportion to its keys; after many refusals the fullest of those that were met is taken by weight.
    package func randomRecord(using random: inout RandomSource) -> Record? {
        guard count > 0 else { return nil }
        let bound = UInt64(max(packKeyCountMax, 1))
        for _ in 0..<512 {
            let bucket = Int(random.next(below: UInt64(directory.count)))
            guard let pack = Pack(bits: directory.bits(of: bucket)) else { continue }
            let keys = pack.keyCount
            if random.next(below: bound) < UInt64(keys) { return record(pack, bucket, using: &random) }
        }
        return weighedRecord(using: &random)
    }

    /// A record out of a sample of packs, weighted by their keys; for maps of which most packs are nearly empty.
    private func weighedRecord(using random: inout RandomSource) -> Record? {
        var chosen: (pack: Pack, bucket: Int)?
        var sum: UInt64 = 0
        var start = Int(random.next(below: UInt64(directory.count)))
        var visited = 0
        while visited < directory.count && (visited < 64 || chosen == nil) {
            if let pack = Pack(bits: directory.bits(of: start)) {
                sum += UInt64(pack.keyCount)
                if random.next(below: sum) < UInt64(pack.keyCount) { chosen = (pack, start) }
            }
            start = start + 1 == directory.count ? 0 : start + 1
            visited += 1
        }
        guard let chosen else { return nil }
        return record(chosen.pack, chosen.bucket, using: &random)
    }

    /// A record of a pack. A place in a run is drawn until one is met that holds a record, where that takes fewer steps
    /// than to count the records of the runs; where each run has one, any run is as good as another.
    private func record(_ pack: Pack, _ bucket: Int, using random: inout RandomSource) -> Record? {
        let runCount = UInt64(pack.runCount)
        if pack.keyCount == pack.runCount {
            let head = RunHead(pack: pack, run: Int(random.next(below: runCount)))
            let records = head.body(in: vocabulary.value)
            return record(records.presence.trailingZeroBitCount, bucket, head, records)
        }
        if pack.keyCount > Self.keyCountToDrawPlaces {
            for _ in 0..<Self.placesDrawnMax {
                let place = random.next(below: runCount << 6)
                let head = RunHead(pack: pack, run: Int(place >> 6))
                let records = head.body(in: vocabulary.value)
                if records.contains(Int(place & 63)) { return record(Int(place & 63), bucket, head, records) }
            }
        }
        return countedRecord(pack, bucket, using: &random)
    }

    private static let keyCountToDrawPlaces = 128
    private static let placesDrawnMax = 256

    private func record(_ index: Int, _ bucket: Int, _ head: RunHead, _ records: RunBody) -> Record {
        Record(PackedMap.Location(bucket: bucket, index: index, head: head, body: records), in: vocabulary)
    }

    private func countedRecord(_ pack: Pack, _ bucket: Int, using random: inout RandomSource) -> Record? {
        var left = Int(random.next(below: UInt64(pack.keyCount)))
        for run in 0..<pack.runCount {
            let head = RunHead(pack: pack, run: run)
            let records = head.body(in: vocabulary.value)
            if left >= records.count {
                left -= records.count
                continue
            }
            var presence = records.presence
            for _ in 0..<left { presence &= presence - 1 }
            return record(presence.trailingZeroBitCount, bucket, head, records)
        }
        return nil
    }
}

/// How far a scan has come, and when it stops.
private struct ScanWalk {
    var position: UInt64
    var index: Int
    /// How many records have been visited.
    var seen = 0
    private var packsLeft: Int
    private let minimumCount: Int

    init(from cursor: UInt64, minimumCount: Int) {
        position = cursor >> 6
        index = Int(cursor & 63)
        self.minimumCount = max(minimumCount, 1)
        let (most, overflow) = self.minimumCount.multipliedReportingOverflow(by: 10)
        packsLeft = overflow ? Int.max : most
    }

    var isFull: Bool { seen >= minimumCount }

    /// Whether to stop behind a pack.
    mutating func isOver() -> Bool {
        packsLeft -= 1
        return isFull || packsLeft <= 0
    }

    /// What a later scan goes on from.
    var cursor: UInt64 { position << 6 | UInt64(index) }
}

extension UInt64 {
    /// The same bits in the opposite order.
    var bitReversed: UInt64 {
        var bits = self
        bits = (bits >> 1) & 0x5555_5555_5555_5555 | (bits & 0x5555_5555_5555_5555) << 1
        bits = (bits >> 2) & 0x3333_3333_3333_3333 | (bits & 0x3333_3333_3333_3333) << 2
        bits = (bits >> 4) & 0x0f0f_0f0f_0f0f_0f0f | (bits & 0x0f0f_0f0f_0f0f_0f0f) << 4
        return bits.byteSwapped
    }
}

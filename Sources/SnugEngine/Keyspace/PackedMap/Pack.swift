internal import SnugMemory

/// A few kilobytes of runs in one block: what one place of the directory refers to.
///
///     offset 0        4        8       10      12             12 + room     12 + 2·room
///            ┌────────┬────────┬───────┬───────┬──────────────┬──────────────┬───────┬───────┬─────┐
///            │ bytes  │ keys   │ runs  │ room  │ fingerprints │ byte counts  │ run 0 │ run 1 │  …  │
///            │ 4      │ 4      │ 2     │ 2     │ 1 each       │ 1 each       │       │       │     │
///            └────────┴────────┴───────┴───────┴──────────────┴──────────────┴───────┴───────┴─────┘
///
/// A run is found by looking through the fingerprints, sixteen at a time; where it begins is the sum of the byte counts
/// before it, which are added up sixteen at a time too. So a key that is found costs two places of memory: the front of
/// the pack and the run. There is room for four, eight, sixteen, twenty-four … runs, that not every new one moves all.
/// A run of 255 bytes or more has the byte count 255, and the real one in four bytes before its contents:
///
///     short run  ┌──────────┐     long run  ┌─────────────────────┬──────────┐
///                │ contents │               │ bytes of contents 4 │ contents │
///                └──────────┘               └─────────────────────┴──────────┘
///
/// Invariants:
/// - I1: the first number is 12 + 2 · room + the runs' bytes; the block is at least as large, and has at least 16 bytes
///   behind the arrays.
/// - I2: a run is long exactly when its contents have 255 bytes or more.
/// - I3: the second number is the sum of the runs' keys. There is no run without keys, and no pack without runs.
///
/// `splice` is the only thing that changes a run's byte count, `append` and `remove` the only ones that change which
/// runs there are.
struct Pack: BitwiseCopyable {
    static let headerByteCount = 12
    private static let longMark: UInt8 = 255
    /// What reading sixteen bytes at a time may touch behind the arrays.
    private static let margin = 16

    private(set) var block: Block
    /// How much more the allocator has set aside since this handle was made.
    private(set) var allocationChange = 0

    @inline(__always)
    init(block: Block) {
        self.block = block
    }

    @inline(__always)
    init?(bits: UInt64) {
        guard let block = Block(bits: bits) else { return nil }
        self.block = block
    }

    /// A pack without runs, with room for `runCount` of them, which take `byteCount` bytes.
    static func make(runCount: Int, byteCount: Int) -> Pack {
        let room = room(for: runCount)
        let arrays = headerByteCount + 2 * room
        let pack = Pack(block: .allocate(byteCount: arrays + max(byteCount, margin)))
        pack.block.store(UInt32(arrays), at: 0)
        pack.block.store(UInt32(0), at: 4)
        pack.block.store(UInt16(0), at: 8)
        pack.block.store(UInt16(room), at: 10)
        return pack
    }

    private static func room(for runCount: Int) -> Int { runCount <= 4 ? 4 : (runCount + 7) & ~7 }

    /// Bytes in use, the header and the arrays included.
    private(set) var byteCount: Int {
        @inline(__always) get { Int(block.load(UInt32.self, at: 0)) }
        nonmutating set { block.store(UInt32(newValue), at: 0) }
    }

    var keyCount: Int {
        get { Int(block.load(UInt32.self, at: 4)) }
        nonmutating set { block.store(UInt32(newValue), at: 4) }
    }

    private(set) var runCount: Int {
        @inline(__always) get { Int(block.load(UInt16.self, at: 8)) }
        nonmutating set { block.store(UInt16(newValue), at: 8) }
    }

    private var room: Int {
        @inline(__always) get { Int(block.load(UInt16.self, at: 10)) }
        nonmutating set { block.store(UInt16(newValue), at: 10) }
    }

    /// Bytes of header and arrays.
    private var frontByteCount: Int { Self.headerByteCount &+ 2 &* room }

    /// Bytes of the runs.
    @inline(__always)
    var runsByteCount: Int { byteCount &- frontByteCount }

    func fingerprint(of run: Int) -> UInt8 { block.load(UInt8.self, at: Self.headerByteCount + run) }

    private func mark(of run: Int) -> UInt8 { block.load(UInt8.self, at: Self.headerByteCount &+ room &+ run) }

    private func store(mark: UInt8, of run: Int) { block.store(mark, at: Self.headerByteCount + room + run) }

    // MARK: Finding

    /// The first run from `start` on with that fingerprint, or -1.
    @inline(__always)
    func firstRun(withFingerprint fingerprint: UInt8, from start: Int) -> Int {
        block.firstIndex(of: fingerprint, at: Self.headerByteCount, from: start, count: runCount)
    }

    /// Where a run's contents lie.
    @inline(__always)
    func contents(of run: Int) -> Range<Int> {
        let (start, mark) = place(of: run)
        guard mark == Self.longMark else { return start..<start &+ Int(mark) }
        return start &+ 4..<start &+ 4 &+ Int(block.load(UInt32.self, at: start))
    }

    /// Bytes that a run takes behind the arrays.
    func byteCount(of run: Int) -> Int {
        let (start, mark) = place(of: run)
        return mark == Self.longMark ? 4 + Int(block.load(UInt32.self, at: start)) : Int(mark)
    }

    /// Where a run begins, and its byte count or the mark of a long one.
    @inline(__always)
    private func place(of run: Int) -> (start: Int, mark: UInt8) {
        let room = room
        let counts = Self.headerByteCount &+ room
        let sum = block.sumOfBytes(at: counts, count: run)
        let start = counts &+ room &+ sum
        return (sum >= 0 ? start : longPlace(of: run), block.load(UInt8.self, at: counts &+ run))
    }

    /// Where a run begins when there are long ones before it.
    @inline(never)
    private func longPlace(of run: Int) -> Int {
        let counts = Self.headerByteCount &+ room
        var offset = counts &+ room
        for index in 0..<run {
            let mark = block.load(UInt8.self, at: counts &+ index)
            offset &+= mark == Self.longMark ? 4 &+ Int(block.load(UInt32.self, at: offset)) : Int(mark)
        }
        return offset
    }

    /// Bytes that a processor fetches at once.
    private static let lineByteCount = 64

    /// Brings what is read to find a run into the processor's caches.
    @inline(__always)
    func prefetchFront() { prefetch(from: 0, to: 2 &* Self.lineByteCount) }

    /// Brings the beginning of a run into the processor's caches, or all from there on, which a removal moves.
    @inline(__always)
    func prefetch(run: Int, andBehind: Bool) {
        let start = place(of: run).start
        prefetch(from: start, to: andBehind ? byteCount : start &+ 2 &* Self.lineByteCount)
    }

    /// Brings the place where a new run is added into the processor's caches.
    @inline(__always)
    func prefetchEnd() { block.prefetch(at: byteCount) }

    /// Brings bytes into the processor's caches. They may lie behind the block.
    @inline(__always)
    func prefetch(from start: Int, to end: Int) {
        var offset = start
        while offset < end {
            block.prefetch(at: offset)
            offset &+= Self.lineByteCount
        }
    }

    // MARK: Changing

    /// Replaces `removed` bytes at `offset` of the run's contents by room for `added` bytes, which the caller fills.
    /// Returns where the contents lie now. Moves the bytes behind the place, and the block when it becomes too small or
    /// far too large.
    mutating func splice(run: Int, at offset: Int, removing removed: Int, adding added: Int) -> Range<Int> {
        let (start, mark) = place(of: run)
        let isLong = mark == Self.longMark
        let former = isLong ? Int(block.load(UInt32.self, at: start)) : Int(mark)
        let count = former - removed + added
        let becomesLong = count >= Int(Self.longMark)
        let (prefix, newPrefix) = (isLong ? 4 : 0, becomesLong ? 4 : 0)
        let change = count + newPrefix - former - prefix
        let used = byteCount
        if change > 0 { reserve(used + change, front: frontByteCount) }
        let tail = start + prefix + offset + removed
        let newTail = start + newPrefix + offset + added
        // What moves up gives way from the end, what moves down from the front.
        if newPrefix > prefix {
            block.move(from: tail, to: newTail, byteCount: used - tail)
            block.move(from: start, to: start + 4, byteCount: offset)
        } else {
            if newPrefix < prefix { block.move(from: start + 4, to: start, byteCount: offset) }
            if tail != newTail { block.move(from: tail, to: newTail, byteCount: used - tail) }
        }
        byteCount = used + change
        if becomesLong { block.store(UInt32(count), at: start) }
        store(mark: becomesLong ? Self.longMark : UInt8(count), of: run)
        if change < 0 { giveBack() }
        return start + newPrefix..<start + newPrefix + count
    }

    /// Adds a run behind the others with room for `count` bytes of contents, which the caller fills.
    mutating func append(fingerprint: UInt8, contentsByteCount count: Int) -> Range<Int> {
        let runs = runCount
        precondition(runs < Int(UInt16.max) - 8, "a pack of too many runs")
        let isLong = count >= Int(Self.longMark)
        let added = count + (isLong ? 4 : 0)
        let former = room
        let room = Self.room(for: runs + 1)
        reserve(
            byteCount + 2 * max(room - former, 0) + added, front: Self.headerByteCount + 2 * max(room, former))
        if room > former { setRoom(room) }
        let end = byteCount
        runCount = runs + 1
        block.store(fingerprint, at: Self.headerByteCount + runs)
        store(mark: isLong ? Self.longMark : UInt8(count), of: runs)
        byteCount = end + added
        guard isLong else { return end..<end + count }
        block.store(UInt32(count), at: end)
        return end + 4..<end + 4 + count
    }

    /// Takes a run out, whose contents lie in `contents`.
    mutating func remove(run: Int, contents: Range<Int>) {
        let start = contents.lowerBound &- (contents.count < Int(Self.longMark) ? 0 : 4)
        let removed = contents.upperBound &- start
        let (used, runs) = (byteCount, runCount)
        block.move(from: start + removed, to: start, byteCount: used - start - removed)
        byteCount = used - removed
        let fingerprints = Self.headerByteCount
        block.move(from: fingerprints + run + 1, to: fingerprints + run, byteCount: runs - run - 1)
        let counts = fingerprints + room
        block.move(from: counts + run + 1, to: counts + run, byteCount: runs - run - 1)
        runCount = runs - 1
        if room > Self.room(for: runs + 7) { setRoom(Self.room(for: runs - 1)) }
        // After short runs to ask how large the block is would take longer than the removal.
        if removed >= Self.lineByteCount || runs & 3 == 0 { giveBack() }
    }

    /// Gives the arrays another room. The block must be large enough.
    private func setRoom(_ room: Int) {
        let (former, runs, used) = (self.room, runCount, byteCount)
        let fingerprints = Self.headerByteCount
        let (runsStart, newStart) = (fingerprints + 2 * former, fingerprints + 2 * room)
        if room > former {
            block.move(from: runsStart, to: newStart, byteCount: used - runsStart)
            block.move(from: fingerprints + former, to: fingerprints + room, byteCount: runs)
        } else {
            block.move(from: fingerprints + former, to: fingerprints + room, byteCount: runs)
            block.move(from: runsStart, to: newStart, byteCount: used - runsStart)
        }
        self.room = room
        byteCount = used + 2 * (room - former)
    }

    private mutating func reserve(_ byteCount: Int, front: Int) {
        precondition(byteCount <= Int(UInt32.max), "a pack beyond its format")
        let held = block.allocatedByteCount
        let needed = max(byteCount, front + Self.margin)
        if needed > held { resize(to: needed, from: held) }
    }

    private mutating func resize(to byteCount: Int, from held: Int) {
        block = block.resized(to: byteCount)
        allocationChange += block.allocatedByteCount - held
    }

    /// Gives back what the block has beyond its bytes when that is a quarter of it. Size classes are nearer to each
    /// other than that, so that no block is resized in vain at each change.
    private mutating func giveBack() {
        let held = block.allocatedByteCount
        let needed = max(byteCount, frontByteCount + Self.margin)
        if needed <= held - max(16, held / 4) { resize(to: needed, from: held) }
    }
}

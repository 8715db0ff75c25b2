internal import SnugMemory

/// When the first key of each pack expires, and by that which packs hold keys that are due: a tree of minima.
///
///     level 0    one time for each pack, milliseconds since 1970; `never` without a key that expires
///     level k    the least of 64 times of the level below
///
/// Times are lower bounds: a key that was removed, or has got a later expiry, may leave its pack's time too early until
/// the pack is looked at. Nothing is allocated before the first expiry is noted.
struct DueIndex: ~Copyable {
    static let never = Int64.max
    private static let fanOut = 64
    private static let levelCountMax = 6

    private var blocks = InlineArray<6, UInt64>(repeating: 0)
    private var capacities = InlineArray<6, Int>(repeating: 0)
    private var levelCount = 0
    private var packCount = 0
    private(set) var allocatedByteCount = 0

    /// What the allocator sets aside for a box of an index.
    static let boxByteCount = Box<DueIndex>.probedByteCount()

    deinit {
        for level in 0..<levelCount { block(level).free() }
    }

    @inline(__always)
    var isActive: Bool { levelCount > 0 }

    private func block(_ level: Int) -> Block {
        guard let block = Block(bits: blocks[level]) else { preconditionFailure("a level without a block") }
        return block
    }

    private func time(_ level: Int, _ index: Int) -> Int64 { block(level).load(Int64.self, at: index << 3) }

    /// A time before which nothing of a pack is due.
    func time(ofPack pack: Int) -> Int64 { time(0, pack) }

    /// The least of all times.
    var least: Int64 {
        guard isActive else { return Self.never }
        let top = levelCount - 1
        var least = Self.never
        for index in 0..<count(top) { least = min(least, time(top, index)) }
        return least
    }

    /// How many times a level has.
    private func count(_ level: Int) -> Int {
        var count = packCount
        for _ in 0..<level { count = (count + Self.fanOut - 1) / Self.fanOut }
        return count
    }

    // MARK: Following the directory

    /// Notes that a pack has a key that expires at a time.
    mutating func note(_ expiry: Int64, inPack pack: Int, packCount: Int) {
        if !isActive { extend(to: packCount) }
        var index = pack
        for level in 0..<levelCount {
            guard expiry < time(level, index) else { return }
            block(level).store(expiry, at: index << 3)
            index /= Self.fanOut
        }
    }

    /// Sets the exact time of a pack.
    mutating func set(_ time: Int64, ofPack pack: Int) {
        guard isActive else { return }
        block(0).store(time, at: pack << 3)
        raise(from: pack)
    }

    /// Notes that the directory has one pack more.
    mutating func append(packCount: Int) {
        if isActive { extend(to: packCount) }
    }

    /// Notes that the directory has one pack less.
    mutating func removeLast(packCount: Int) {
        guard isActive else { return }
        set(Self.never, ofPack: packCount)
        self.packCount = packCount
    }

    /// Computes the minima above a pack anew.
    private func raise(from pack: Int) {
        var index = pack
        for level in 1..<max(levelCount, 1) {
            let first = index / Self.fanOut * Self.fanOut
            let last = min(first + Self.fanOut, count(level - 1))
            var least = Self.never
            for child in first..<last { least = min(least, time(level - 1, child)) }
            index /= Self.fanOut
            if time(level, index) == least { return }
            block(level).store(least, at: index << 3)
        }
    }

    private mutating func extend(to packCount: Int) {
        let former = packCount > self.packCount ? self.packCount : packCount
        self.packCount = packCount
        var level = 0
        var formerCount = former
        while true {
            let count = count(level)
            precondition(level < Self.levelCountMax, "a directory beyond its range")
            let isNew = level == levelCount
            reserve(count, at: level)
            for index in (isNew ? 0 : formerCount)..<max(count, isNew ? 0 : formerCount) {
                let least = level == 0 ? Self.never : least(ofChildren: index, level: level)
                block(level).store(least, at: index << 3)
            }
            if isNew { levelCount += 1 }
            if count <= Self.fanOut && level + 1 >= levelCount { return }
            formerCount = (formerCount + Self.fanOut - 1) / Self.fanOut
            level += 1
        }
    }

    private func least(ofChildren index: Int, level: Int) -> Int64 {
        var least = Self.never
        let first = index * Self.fanOut
        for child in first..<min(first + Self.fanOut, count(level - 1)) { least = min(least, time(level - 1, child)) }
        return least
    }

    private mutating func reserve(_ count: Int, at level: Int) {
        guard count > capacities[level] else { return }
        let capacity = max(count, capacities[level] + capacities[level] / 4, 4)
        let former = Block(bits: blocks[level])
        if capacities[level] > 0 { allocatedByteCount -= former?.allocatedByteCount ?? 0 }
        let grown = capacities[level] > 0 ? former?.resized(to: capacity << 3) : nil
        let block = grown ?? Block.allocate(byteCount: capacity << 3)
        allocatedByteCount += block.allocatedByteCount
        blocks[level] = block.bits
        capacities[level] = capacity
    }

    // MARK: Finding

    /// A pack with a time not after `now`, the one with the lowest number from `start` on; nil when there is none. A
    /// step for each level and 64 comparisons.
    func firstDue(at now: Int64, from start: Int) -> Int? {
        guard isActive && start < packCount else { return nil }
        var level = 0
        var index = start
        // Up while the rest of the siblings has nothing, then down to the first that has.
        while true {
            let last = min(index / Self.fanOut * Self.fanOut + Self.fanOut, count(level))
            while index < last && time(level, index) > now { index += 1 }
            if index < last {
                if level == 0 { return index }
                level -= 1
                index *= Self.fanOut
            } else {
                guard level + 1 < levelCount, last < count(level) else { return nil }
                index = last / Self.fanOut
                level += 1
            }
        }
    }
}

internal import SnugMemory

/// What a branch of a `CountedTree` knows of one child: a leaf of the tree's owner, or another branch.
struct TreeChild: BitwiseCopyable, Equatable {
    /// A leaf's word as its owner gave it, or the bits of a branch's block. Never 0.
    var word: UInt64
    /// How many elements are in the child.
    var count: Int
    /// The key of the child's first element.
    var key: UInt64
}

/// One branch of a `CountedTree`: its children in order, by column.
///
///     offset 0        4        8             8 + 8·room      8 + 16·room
///            ┌────────┬────────┬─────────────┬───────────────┬──────────────┐
///            │ count  │ room   │ keys        │ counts        │ words        │
///            │ 4      │ 4      │ 8 each      │ 8 each        │ 8 each       │
///            └────────┴────────┴─────────────┴───────────────┴──────────────┘
///
/// A search by key reads three or four lines of the first column, a search by rank goes through the second from the
/// front. The room is what the block's size class holds, so nothing of it is left over but the last 23 bytes.
///
/// Invariants:
/// - I1: `1 <= count <= room`, but for a branch that is being made or emptied.
/// - I2: the block has 8 + 24 · room bytes at least.
struct TreeBranch: BitwiseCopyable {
    static let headerByteCount = 8
    static let childByteCount = 24

    private(set) var block: Block

    init(bits: UInt64) {
        guard let block = Block(bits: bits) else { preconditionFailure("a branch without a block") }
        self.block = block
    }

    /// A branch without children, with room for `childCount` of them or more.
    init(room childCount: Int) {
        block = .allocate(byteCount: Self.headerByteCount + Self.childByteCount * childCount)
        let room = (block.allocatedByteCount - Self.headerByteCount) / Self.childByteCount
        block.store(UInt32(0), at: 0)
        block.store(UInt32(room), at: 4)
    }

    var bits: UInt64 { block.bits }

    private(set) var count: Int {
        @inline(__always) get { Int(block.load(UInt32.self, at: 0)) }
        nonmutating set { block.store(UInt32(newValue), at: 0) }
    }

    var room: Int {
        @inline(__always) get { Int(block.load(UInt32.self, at: 4)) }
    }

    private var countsOffset: Int { Self.headerByteCount &+ room &* 8 }
    private var wordsOffset: Int { Self.headerByteCount &+ room &* 16 }

    @inline(__always)
    func key(at index: Int) -> UInt64 { block.load(UInt64.self, at: Self.headerByteCount &+ index &* 8) }

    @inline(__always)
    func elementCount(at index: Int) -> Int { block.load(Int.self, at: countsOffset &+ index &* 8) }

    @inline(__always)
    func word(at index: Int) -> UInt64 { block.load(UInt64.self, at: wordsOffset &+ index &* 8) }

    func child(at index: Int) -> TreeChild {
        TreeChild(word: word(at: index), count: elementCount(at: index), key: key(at: index))
    }

    func setKey(_ key: UInt64, at index: Int) { block.store(key, at: Self.headerByteCount &+ index &* 8) }

    func setElementCount(_ count: Int, at index: Int) { block.store(count, at: countsOffset &+ index &* 8) }

    func setWord(_ word: UInt64, at index: Int) { block.store(word, at: wordsOffset &+ index &* 8) }

    private func set(_ child: TreeChild, at index: Int) {
        setKey(child.key, at: index)
        setElementCount(child.count, at: index)
        setWord(child.word, at: index)
    }

    /// Elements in the children before `end`.
    @inline(__always)
    func elementCount(before end: Int) -> Int {
        var sum = 0
        var offset = countsOffset
        for _ in 0..<end {
            sum &+= block.load(Int.self, at: offset)
            offset &+= 8
        }
        return sum
    }

    /// Elements in all children.
    var elementCount: Int { elementCount(before: count) }

    /// The first child whose key is at least `key`, or above it when `above`; `count` when there is none.
    @inline(__always)
    func firstChild(atLeast key: UInt64, above: Bool) -> Int {
        var (first, left) = (0, count)
        // Halving without a branch on what is found.
        while left > 1 {
            let half = left &>> 1
            let found = self.key(at: first &+ half &- 1)
            first = above ? (found <= key ? first &+ half : first) : (found < key ? first &+ half : first)
            left &-= half
        }
        let last = self.key(at: first)
        return first &+ ((above ? last <= key : last < key) ? 1 : 0)
    }

    // MARK: Changing

    /// Puts `child` at `index`; there must be room.
    func insert(_ child: TreeChild, at index: Int) {
        let count = count
        precondition(count < room && index <= count, "a branch without room")
        move(from: index, to: index + 1, count: count - index)
        set(child, at: index)
        self.count = count + 1
    }

    func remove(at index: Int) {
        let count = count
        precondition(index < count, "a child that is not there")
        move(from: index + 1, to: index, count: count - index - 1)
        self.count = count - 1
    }

    /// Moves what the columns hold of `count` children.
    private func move(from source: Int, to destination: Int, count: Int) {
        move(Self.headerByteCount, source, destination, count)
        move(countsOffset, source, destination, count)
        move(wordsOffset, source, destination, count)
    }

    private func move(_ column: Int, _ source: Int, _ destination: Int, _ count: Int) {
        block.move(from: column + source * 8, to: column + destination * 8, byteCount: count * 8)
    }

    /// Moves the children from `start` on behind those of `other`, which must have the room.
    func moveChildren(from start: Int, to other: TreeBranch) {
        for index in start..<count { other.insert(child(at: index), at: other.count) }
        count = start
    }

    /// The same children in a block with room for `childCount` or a few more; this handle is spent.
    func resized(room childCount: Int) -> TreeBranch {
        let other = TreeBranch(room: childCount)
        moveChildren(from: 0, to: other)
        block.free()
        return other
    }

    /// The same branch in a block that holds the same bytes.
    func moved(to block: Block) -> TreeBranch { TreeBranch(bits: block.bits) }

    var byteCount: Int { Self.headerByteCount + Self.childByteCount * room }
}

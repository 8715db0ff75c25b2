internal import SnugMemory

/// The way from the root of a `CountedTree` to one of its leaves. Valid until the tree changes.
struct TreePath: BitwiseCopyable {
    /// Most levels of branches that a tree can have. With branches that are a third full, 42 children each, eight
    /// levels are more leaves than memory has bytes; the rest is for small branches in tests.
    static let levelCountMax = 12

    private var branches = InlineArray<12, UInt64>(repeating: 0)
    private var positions = InlineArray<12, UInt32>(repeating: 0)
    private(set) var levelCount = 0
    /// The leaf's word.
    var leaf: UInt64

    /// A path to the root of a tree.
    init(root: UInt64) {
        leaf = root
    }

    /// Goes on to the child at `index` of the branch that the path has led to.
    @inline(__always)
    mutating func descend(to index: Int) {
        precondition(levelCount < Self.levelCountMax, "a tree beyond its height")
        branches[levelCount] = leaf
        positions[levelCount] = UInt32(truncatingIfNeeded: index)
        levelCount &+= 1
        leaf = TreeBranch(bits: leaf).word(at: index)
    }

    /// Goes back to the branch that holds what the path leads to.
    mutating func ascend() {
        levelCount -= 1
        leaf = branches[levelCount]
    }

    /// The branch of a level; 0 is the root.
    @inline(__always)
    func branch(_ level: Int) -> TreeBranch { TreeBranch(bits: branches[level]) }

    mutating func setBranch(_ branch: TreeBranch, _ level: Int) { branches[level] = branch.bits }

    /// Which child of the level's branch the path goes on to.
    @inline(__always)
    func position(_ level: Int) -> Int { Int(positions[level]) }
}

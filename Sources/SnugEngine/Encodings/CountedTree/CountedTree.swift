internal import SnugMemory

/// Leaves in an order, found by the number of an element or by a key: what stands above the leaves of an `OrderedIndex`
/// and the nodes of a `ListpackSequence`. It knows a leaf as a word that is not 0, how many elements are in it, and the
/// key of the first; what a leaf is, and to free it, is its owner's.
///
///     root ──► ┌────────────────────┐           a B-tree whose branches (`TreeBranch`) hold up to 127 children in
///              │ branch             │           3 KB; one leaf alone has no branch above it
///              └──┬──────────────┬──┘
///                 ▼              ▼
///              ┌────────┐     ┌────────┐
///              │ branch │     │ branch │
///              └┬─────┬─┘     └┬─────┬─┘
///               ▼     ▼        ▼     ▼
///              leaf  leaf     leaf  leaf
///
/// There are no links upward or to the side: whoever changes a leaf comes with the path that led to it.
///
/// Invariants:
/// - I1: all leaves are at the same depth, `height` branches below the root; a root that is a branch has two children
///   or more, any branch one or more.
/// - I2: the count that a branch notes of a child is that of the elements in it, the key that of its first element.
/// - I3: of two neighbours in a branch that are branches themselves, one of at most half of `branchMax` children and
///   another are merged when a child is removed and both have at most three quarters of it.
/// - I4: `count`, `leafCount` and `allocatedByteCount` are the sums over leaves and branches.
///
/// Steps: one branch a level. Ten million elements with a hundred to a leaf have three levels, of which two stay in the
/// processor's caches. A branch that is full when a child is added at one of its ends gives the new one a branch of its
/// own, so that elements which come in order leave full branches behind.
struct CountedTree: ~Copyable {
    /// 127 children and the header fill a size class of the allocator.
    static let branchMaxStandard = 127

    let branchMax: Int
    /// The bits of the root, or the word of the only leaf; 0 without leaves.
    private(set) var root: UInt64 = 0
    /// How many levels of branches there are.
    private(set) var height = 0
    private(set) var count = 0
    private(set) var leafCount = 0
    /// Bytes that the allocator set aside for branches.
    private(set) var allocatedByteCount = 0
    /// The key of the first element.
    private var firstKey: UInt64 = 0

    /// `branchMax` is the most children that a branch may have, 4 or more.
    init(branchMax: Int = branchMaxStandard) {
        precondition(branchMax >= 4, "branches of fewer than four children")
        self.branchMax = branchMax
    }

    /// Frees the branches. The leaves are the owner's to free before.
    deinit { Self.free(root, height) }

    private static func free(_ word: UInt64, _ height: Int) {
        guard height > 0 else { return }
        let branch = TreeBranch(bits: word)
        for index in 0..<branch.count { free(branch.word(at: index), height - 1) }
        branch.block.free()
    }

    /// How many branches there are. A step for each.
    var branchCount: Int { Self.branchCount(root, height) }

    private static func branchCount(_ word: UInt64, _ height: Int) -> Int {
        guard height > 0 else { return 0 }
        let branch = TreeBranch(bits: word)
        var sum = 1
        if height > 1 { for index in 0..<branch.count { sum += branchCount(branch.word(at: index), height - 1) } }
        return sum
    }

    // MARK: Finding

    /// The path to the leaf that has element number `index`, and the element's number in the leaf. `index` may be the
    /// count, which is behind the last element of the last leaf. There must be a leaf.
    func path(to index: Int) -> (path: TreePath, index: Int) {
        precondition(leafCount > 0 && index >= 0 && index <= count, "an element that is not there")
        var path = TreePath(root: root)
        if index == count { return (lastPath, lastCount) }
        var left = index
        for _ in 0..<height {
            let branch = TreeBranch(bits: path.leaf)
            var child = 0
            while true {
                let count = branch.elementCount(at: child)
                if left < count { break }
                left -= count
                child += 1
            }
            path.descend(to: child)
        }
        return (path, left)
    }

    /// The path to the first leaf. There must be one.
    var firstPath: TreePath {
        var path = TreePath(root: root)
        for _ in 0..<height { path.descend(to: 0) }
        return path
    }

    /// The path to the last leaf. There must be one.
    var lastPath: TreePath {
        var path = TreePath(root: root)
        for _ in 0..<height { path.descend(to: TreeBranch(bits: path.leaf).count - 1) }
        return path
    }

    private var lastCount: Int { elementCount(of: lastPath) }

    /// The first leaf below a child of a branch of `level`.
    func firstLeaf(of branch: TreeBranch, child: Int, level: Int) -> UInt64 {
        var word = branch.word(at: child)
        for _ in level + 1..<height { word = TreeBranch(bits: word).word(at: 0) }
        return word
    }

    /// How many elements stand before the path's leaf.
    func start(of path: TreePath) -> Int {
        var sum = 0
        for level in 0..<height { sum += path.branch(level).elementCount(before: path.position(level)) }
        return sum
    }

    /// How many elements are in the path's leaf.
    func elementCount(of path: TreePath) -> Int {
        height == 0 ? count : path.branch(height - 1).elementCount(at: path.position(height - 1))
    }

    /// Leads the path to the next leaf. False, and the path leads nowhere, behind the last.
    func advance(_ path: inout TreePath) -> Bool {
        var level = height - 1
        while level >= 0 {
            let next = path.position(level) + 1
            path.ascend()
            if next < path.branch(level).count {
                path.descend(to: next)
                for _ in level + 1..<height { path.descend(to: 0) }
                return true
            }
            level -= 1
        }
        return false
    }

    /// Leads the path to the leaf before. False, and the path leads nowhere, before the first.
    func retreat(_ path: inout TreePath) -> Bool {
        var level = height - 1
        while level >= 0 {
            let position = path.position(level)
            path.ascend()
            if position > 0 {
                path.descend(to: position - 1)
                for _ in level + 1..<height { path.descend(to: TreeBranch(bits: path.leaf).count - 1) }
                return true
            }
            level -= 1
        }
        return false
    }

    // MARK: Changing

    /// Notes what has become of the path's leaf.
    mutating func update(_ path: TreePath, word: UInt64, countChange: Int, key: UInt64) {
        count += countChange
        guard height > 0 else {
            root = word
            firstKey = key
            return
        }
        path.branch(height - 1).setWord(word, at: path.position(height - 1))
        addToCounts(countChange, path, levels: height)
        setKey(key, path, below: height)
    }

    /// Adds the first leaf.
    mutating func insertOnly(_ leaf: TreeChild) {
        precondition(leafCount == 0, "a first leaf beside others")
        root = leaf.word
        firstKey = leaf.key
        count = leaf.count
        leafCount = 1
    }

    /// Adds a leaf behind all others.
    mutating func append(_ leaf: TreeChild) {
        if leafCount == 0 { insertOnly(leaf) } else { insert(leaf, lastPath) }
    }

    /// Adds a leaf behind the one that `path` leads to, or before it.
    mutating func insert(_ leaf: TreeChild, before: Bool = false, _ path: TreePath) {
        var path = path
        count += leaf.count
        leafCount += 1
        var child = leaf
        var offset = before ? 0 : 1
        var level = height - 1
        while level >= 0 {
            let place = path.position(level) + offset
            if path.branch(level).count < branchMax {
                insert(child, at: place, level, &path)
                addToCounts(leaf.count, path, levels: level)
                if place == 0 { setKey(child.key, path, below: level) }
                return
            }
            child = split(level, inserting: child, at: place, &path)
            offset = 1
            level -= 1
        }
        grow(by: child, before: offset == 0)
    }

    /// Takes the path's leaf away, which the owner frees.
    mutating func remove(_ path: TreePath) {
        var path = path
        let removed = elementCount(of: path)
        count -= removed
        leafCount -= 1
        guard leafCount > 0 else {
            release(height)
            return
        }
        var level = height - 1
        while path.branch(level).count == 1 {
            free(path.branch(level))
            level -= 1
        }
        removeChild(at: path.position(level), level, &path)
        addToCounts(-removed, path, levels: level)
        if path.position(level) == 0 { setKey(path.branch(level).key(at: 0), path, below: level) }
        merge(level, &path)
        while height > 0 && TreeBranch(bits: root).count == 1 { shrink() }
    }

    /// Gives all branches back and forgets the leaves, which are the owner's to free before.
    mutating func removeAll() {
        Self.free(root, height)
        release(0)
        allocatedByteCount = 0
    }

    /// Moves the branches on the path where pages are fuller, if its leaf is the first below them. What is
    /// set aside stays the same.
    mutating func compact(_ path: inout TreePath, using compactor: inout BlockCompactor) {
        var level = height - 1
        while level >= 0 && path.position(level) == 0 {
            let branch = path.branch(level)
            if let block = compactor.move(branch.block, used: branch.byteCount) {
                store(branch.moved(to: block), level, &path)
            }
            level -= 1
        }
    }
}

// MARK: - Branches

extension CountedTree {
    /// Adds `change` to what the path's branches note of its first `levels` steps.
    @inline(__always)
    private func addToCounts(_ change: Int, _ path: TreePath, levels: Int) {
        for level in 0..<levels {
            let (branch, position) = (path.branch(level), path.position(level))
            branch.setElementCount(branch.elementCount(at: position) + change, at: position)
        }
    }

    /// Notes the first key of what the path leads to below `level`: in the branch above, and in those above that whose
    /// first child it is in.
    @inline(__always)
    private mutating func setKey(_ key: UInt64, _ path: TreePath, below level: Int) {
        var level = level - 1
        while level >= 0 {
            path.branch(level).setKey(key, at: path.position(level))
            if path.position(level) > 0 { return }
            level -= 1
        }
        firstKey = key
    }

    /// Puts a branch that has another block in its place.
    private mutating func store(_ branch: TreeBranch, _ level: Int, _ path: inout TreePath) {
        path.setBranch(branch, level)
        if level == 0 {
            root = branch.bits
        } else {
            path.branch(level - 1).setWord(branch.bits, at: path.position(level - 1))
        }
    }

    private mutating func make(room: Int) -> TreeBranch {
        let branch = TreeBranch(room: room)
        allocatedByteCount += branch.block.allocatedByteCount
        return branch
    }

    private mutating func free(_ branch: TreeBranch) {
        allocatedByteCount -= branch.block.allocatedByteCount
        branch.block.free()
    }

    private mutating func resize(_ branch: TreeBranch, room: Int) -> TreeBranch {
        allocatedByteCount -= branch.block.allocatedByteCount
        let resized = branch.resized(room: room)
        allocatedByteCount += resized.block.allocatedByteCount
        return resized
    }

    private mutating func insert(_ child: TreeChild, at index: Int, _ level: Int, _ path: inout TreePath) {
        var branch = path.branch(level)
        let count = branch.count
        if count == branch.room {
            branch = resize(branch, room: min(branchMax, count + max(4, count / 4)))
            store(branch, level, &path)
        }
        branch.insert(child, at: index)
    }

    private mutating func removeChild(at index: Int, _ level: Int, _ path: inout TreePath) {
        var branch = path.branch(level)
        branch.remove(at: index)
        if branch.count + 4 <= branch.room / 2 {
            branch = resize(branch, room: branch.count + 4)
            store(branch, level, &path)
        }
    }

    /// Parts a full branch in two while a child is added at `index`. Returns what the branch above does not know yet:
    /// the second of them.
    private mutating func split(
        _ level: Int, inserting child: TreeChild, at index: Int, _ path: inout TreePath
    ) -> TreeChild {
        var left = path.branch(level)
        let count = left.count
        let start = index == count ? count : index == 0 ? 0 : count / 2
        var right = make(room: max(4, count - start + 1))
        left.moveChildren(from: start, to: right)
        if index > start || index == count {
            right.insert(child, at: index - start)
        } else {
            left.insert(child, at: index)
        }
        if left.count + 4 <= left.room / 2 { left = resize(left, room: left.count + 4) }
        store(left, level, &path)
        if level > 0 {
            path.branch(level - 1).setElementCount(left.elementCount, at: path.position(level - 1))
            setKey(left.key(at: 0), path, below: level)
        } else {
            firstKey = left.key(at: 0)
        }
        if right.count == right.room { right = resize(right, room: min(branchMax, right.count + 1)) }
        return TreeChild(word: right.bits, count: right.elementCount, key: right.key(at: 0))
    }

    /// Puts a branch of two children in the place of the root: what was there, and `child`.
    private mutating func grow(by child: TreeChild, before: Bool) {
        let former = TreeChild(word: root, count: count - child.count, key: firstKey)
        let branch = make(room: 2)
        branch.insert(before ? child : former, at: 0)
        branch.insert(before ? former : child, at: 1)
        if before { firstKey = child.key }
        root = branch.bits
        height += 1
        precondition(height <= TreePath.levelCountMax, "a tree beyond its height")
    }

    /// Takes away a root of one child.
    private mutating func shrink() {
        let branch = TreeBranch(bits: root)
        root = branch.word(at: 0)
        firstKey = branch.key(at: 0)
        free(branch)
        height -= 1
    }

    /// Takes away the last path's branches of a tree without leaves.
    private mutating func release(_ levels: Int) {
        var word = root
        for _ in 0..<levels {
            let branch = TreeBranch(bits: word)
            word = branch.word(at: 0)
            free(branch)
        }
        root = 0
        height = 0
        count = 0
        leafCount = 0
    }

    /// Merges the branch of `level` with a neighbour if both together are small, and those above likewise (I3).
    private mutating func merge(_ level: Int, _ path: inout TreePath) {
        var level = level
        while level > 0 {
            let count = path.branch(level).count
            let (above, position) = (path.branch(level - 1), path.position(level - 1))
            guard count <= branchMax / 2 else { return }
            let limit = branchMax * 3 / 4 - count
            if position > 0 && TreeBranch(bits: above.word(at: position - 1)).count <= limit {
                merge(childrenFrom: position - 1, level - 1, &path)
            } else if position + 1 < above.count && TreeBranch(bits: above.word(at: position + 1)).count <= limit {
                merge(childrenFrom: position, level - 1, &path)
            } else {
                return
            }
            level -= 1
        }
    }

    /// Merges two neighbouring children of the branch of `level`, which are branches.
    private mutating func merge(childrenFrom index: Int, _ level: Int, _ path: inout TreePath) {
        let above = path.branch(level)
        var left = TreeBranch(bits: above.word(at: index))
        let right = TreeBranch(bits: above.word(at: index + 1))
        let count = left.count + right.count
        if left.room < count { left = resize(left, room: count) }
        right.moveChildren(from: 0, to: left)
        free(right)
        above.setWord(left.bits, at: index)
        above.setElementCount(left.elementCount, at: index)
        removeChild(at: index + 1, level, &path)
    }
}

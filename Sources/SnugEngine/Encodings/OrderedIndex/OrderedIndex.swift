package import SnugMemory

/// The order of a large sorted set: its entries, each a score and a member, by score and then by the bytes of the
/// member. Rank, range by score and by member, insertion and removal take logarithmic time, and there is no pointer per
/// element: entries lie in leaves of about a kilobyte (`OrderedLeaf`), which stand in a tree that counts them
/// (`CountedTree`). The score of a member is found in a packed map beside the index.
///
///     (score, member) ──► branches: keys, halved ──► leaf: scores, halved ──► members of that score, halved
///     rank            ──► branches: counts, added up ──► leaf: its column
///
/// The key that a branch notes of a child is the word of its first score (`ScoreWord`). Where neighbouring children
/// begin with the same score, their first members are looked at.
///
/// Invariants:
/// - I1: entries rise strictly through all leaves; no leaf is empty, and none is full of more than `leafByteCountMax`
///   bytes but for those whose members are long.
/// - I2: `leafByteCount` is the sum of what the allocator set aside for leaves.
///
/// Decision 0009 says why leaves hold the members' bytes, and what was rejected.
package struct OrderedIndex: ~Copyable {
    /// How large leaves and branches become.
    package struct Limits: Sendable {
        /// Bytes from which on a leaf is parted in two.
        var leafByteCountMax: Int
        /// Most children of a branch, 4 or more.
        var branchMax: Int

        package init(leafByteCountMax: Int = 1_536, branchMax: Int = CountedTree.branchMaxStandard) {
            self.leafByteCountMax = leafByteCountMax
            self.branchMax = branchMax
        }
    }

    var tree: CountedTree
    let scratch: Box<OrderedScratch>
    private let leafByteCountMax: Int
    /// Bytes that the allocator set aside for leaves.
    private(set) var leafByteCount = 0

    /// An index without entries. `scratch` must live longer; indexes of one thread may share it.
    package init(scratch: Box<OrderedScratch>, limits: Limits = Limits()) {
        self.scratch = scratch
        leafByteCountMax = limits.leafByteCountMax
        tree = CountedTree(branchMax: limits.branchMax)
    }

    deinit { freeLeaves() }

    private func freeLeaves() {
        guard tree.leafCount > 0 else { return }
        var path = tree.firstPath
        repeat { OrderedLeaf(bits: path.leaf).block.free() } while tree.advance(&path)
    }

    /// How many entries there are. Constant time.
    package var count: Int { tree.count }

    /// Bytes that the allocator set aside for leaves and branches.
    package var allocatedByteCount: Int { leafByteCount + tree.allocatedByteCount }

    // MARK: Finding

    /// The path to the last leaf whose first entry stands before `bound`, or the first leaf: the one that `bound` lies
    /// in, or at the end of. There must be a leaf.
    func path(to bound: borrowing OrderedBound) -> TreePath {
        var path = TreePath(root: tree.root)
        for level in 0..<tree.height {
            let branch = TreeBranch(bits: path.leaf)
            var range = 0..<branch.count
            if bound.hasWord {
                let first = branch.firstChild(atLeast: bound.word, above: !bound.hasMember && bound.isInclusive)
                guard bound.hasMember else {
                    path.descend(to: max(0, first - 1))
                    continue
                }
                let isShared = first < branch.count && branch.key(at: first) == bound.word
                range = first..<(isShared ? branch.firstChild(atLeast: bound.word, above: true) : first)
            }
            path.descend(to: max(0, firstChild(in: range, of: branch, level, notBefore: bound) - 1))
        }
        return path
    }

    /// The first child of `range` whose first entry does not stand before `bound`; the range's end when there is none.
    /// The scores of all are equal to that of the bound, if it has one.
    private func firstChild(
        in range: Range<Int>, of branch: TreeBranch, _ level: Int, notBefore bound: borrowing OrderedBound
    ) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            let leaf = OrderedLeaf(bits: tree.firstLeaf(of: branch, child: middle, level: level))
            if leaf.firstStands(before: bound) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// How many entries stand before `bound`. A branch a level and a leaf.
    package func rank(of bound: borrowing OrderedBound) -> Int {
        guard count > 0 else { return 0 }
        let path = path(to: bound)
        return tree.start(of: path) + OrderedLeaf(bits: path.leaf).count(before: bound)
    }

    /// How many entries stand before this one, or nil when it is not there.
    package func rank(of member: RawSpan, score: Double) -> Int? {
        guard count > 0 else { return nil }
        let bound = OrderedBound(score: score, member: member, inclusive: true)
        let path = path(to: bound)
        guard let index = OrderedLeaf(bits: path.leaf).index(of: bound.word, member) else { return nil }
        return tree.start(of: path) + index
    }

    // MARK: Changing

    /// Adds an entry that is not there yet. `score` must be a number, and `member` must not lie in the index.
    package mutating func insert(_ member: RawSpan, score: Double) {
        let bound = OrderedBound(score: score, member: member, inclusive: false)
        guard count > 0 else { return insertOnly(bound.word, member) }
        let path = path(to: bound)
        var leaf = OrderedLeaf(bits: path.leaf)
        let index = leaf.count(before: bound)
        if leaf.insert(bound.word, member, at: index, byteCountMax: leafByteCountMax) {
            leafByteCount += leaf.allocationChange
            tree.update(path, word: leaf.block.bits, countChange: 1, key: leaf.firstWord)
        } else {
            layOut(leaf, path, inserting: bound.word, member, at: index)
        }
    }

    private mutating func insertOnly(_ word: UInt64, _ member: RawSpan) {
        let scratch = scratch
        scratch.value.removeAll()
        scratch.value.append(word, member)
        let leaf = scratch.value.leaf(0..<1)
        leafByteCount += leaf.block.allocatedByteCount
        tree.insertOnly(TreeChild(word: leaf.block.bits, count: 1, key: word))
    }

    /// Lays a leaf out anew with one entry more, as two leaves when it becomes too large. An entry at one end of the
    /// index gets the second leaf for itself, so that entries that come in order leave full leaves behind.
    private mutating func layOut(
        _ leaf: OrderedLeaf, _ path: TreePath, inserting word: UInt64, _ member: RawSpan, at index: Int
    ) {
        let scratch = scratch
        let before = leaf.count
        scratch.value.removeAll()
        scratch.value.append(leaf, 0..<index)
        scratch.value.append(word, member)
        scratch.value.append(leaf, index..<before)
        free(leaf)
        let count = before + 1
        let isLow = index == 0
        guard count > OrderedLeaf.countMax || scratch.value.plan(0..<count, below: isLow).byteCount > leafByteCountMax
        else {
            let whole = make(0..<count, below: isLow)
            tree.update(path, word: whole.block.bits, countChange: 1, key: whole.firstWord)
            return
        }
        let start = tree.start(of: path)
        let isFirst = isLow && start == 0
        let isLast = index == before && start + before == tree.count
        let middle = isFirst ? 1 : isLast ? before : scratch.value.middle
        let (left, right) = (make(0..<middle), make(middle..<count))
        tree.update(path, word: left.block.bits, countChange: middle - before, key: left.firstWord)
        tree.insert(TreeChild(word: right.block.bits, count: count - middle, key: right.firstWord), path)
    }

    private mutating func make(_ range: Range<Int>, below: Bool = false) -> OrderedLeaf {
        let leaf = scratch.value.leaf(range, below: below)
        leafByteCount += leaf.block.allocatedByteCount
        return leaf
    }

    private mutating func free(_ leaf: OrderedLeaf) {
        leafByteCount -= leaf.block.allocatedByteCount
        leaf.block.free()
    }

    /// Removes an entry. False when it is not there.
    package mutating func remove(_ member: RawSpan, score: Double) -> Bool {
        guard count > 0 else { return false }
        let bound = OrderedBound(score: score, member: member, inclusive: true)
        let path = path(to: bound)
        guard let index = OrderedLeaf(bits: path.leaf).index(of: bound.word, member) else { return false }
        remove(index..<index + 1, at: path)
        return true
    }

    /// Removes the entries of these ranks, which must be there. A leaf a step.
    package mutating func remove(ranks: Range<Int>) {
        precondition(ranks.lowerBound >= 0 && ranks.upperBound <= count, "entries that are not there")
        var left = ranks.count
        while left > 0 {
            let (path, index) = tree.path(to: ranks.lowerBound)
            let end = min(tree.elementCount(of: path), index + left)
            left -= end - index
            remove(index..<end, at: path)
        }
    }

    /// Removes entries of the path's leaf, and the leaf with the last of them.
    private mutating func remove(_ range: Range<Int>, at path: TreePath) {
        var leaf = OrderedLeaf(bits: path.leaf)
        guard range.count < leaf.count else {
            free(leaf)
            tree.remove(path)
            return
        }
        leaf.remove(range)
        leafByteCount += leaf.allocationChange
        tree.update(path, word: leaf.block.bits, countChange: -range.count, key: leaf.firstWord)
        if leaf.byteCount < leafByteCountMax / 4 { merge(path) }
    }

    /// Makes one of the path's small leaf and a neighbour in the same branch, if both have few bytes.
    private mutating func merge(_ path: TreePath) {
        guard tree.height > 0 else { return }
        let (branch, position) = (path.branch(tree.height - 1), path.position(tree.height - 1))
        let limit = leafByteCountMax * 3 / 4 - OrderedLeaf(bits: branch.word(at: position)).byteCount
        func fits(_ index: Int) -> Bool { OrderedLeaf(bits: branch.word(at: index)).byteCount <= limit }
        if position > 0 && fits(position - 1) {
            merge(position - 1, path)
        } else if position + 1 < branch.count && fits(position + 1) {
            merge(position, path)
        }
    }

    /// Makes one leaf of the child `index` of the path's last branch and the next.
    private mutating func merge(_ index: Int, _ path: TreePath) {
        var path = path
        let branch = path.branch(tree.height - 1)
        let left = OrderedLeaf(bits: branch.word(at: index))
        let right = OrderedLeaf(bits: branch.word(at: index + 1))
        let (leftCount, count) = (left.count, left.count + right.count)
        let scratch = scratch
        scratch.value.removeAll()
        scratch.value.append(left, 0..<leftCount)
        scratch.value.append(right, 0..<count - leftCount)
        free(left)
        free(right)
        let whole = make(0..<count)
        path.ascend()
        path.descend(to: index)
        tree.update(path, word: whole.block.bits, countChange: count - leftCount, key: whole.firstWord)
        path.ascend()
        path.descend(to: index + 1)
        tree.remove(path)
    }

    /// Removes all entries.
    package mutating func removeAll() {
        freeLeaves()
        tree.removeAll()
        leafByteCount = 0
    }
}

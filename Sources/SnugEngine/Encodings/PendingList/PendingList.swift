internal import SnugMemory

/// What a group has given out and what has not been acknowledged, in the order of ids: packed leaves (`PendingLeaf`)
/// under a tree (`CountedTree`). There is one list for a group; which consumer has an entry is one of its numbers, so
/// the entries of one consumer are found by walking over those of all.
///
/// Invariants:
/// - I1: ids rise strictly through all leaves; no leaf is empty or has more than `leafCountMax` entries.
/// - I2: the key that the tree notes of a leaf is the milliseconds of its first id.
/// - I3: `leafByteCount` is the sum of what the allocator set aside for leaves.
package struct PendingList: ~Copyable {
    private(set) var tree: CountedTree
    private let leafCountMax: Int
    private var leafByteCount = 0

    /// A list without entries. Leaves have at most `leafCountMax` of them, two or more.
    init(leafCountMax: Int = 128, branchMax: Int = CountedTree.branchMaxStandard) {
        self.leafCountMax = leafCountMax
        tree = CountedTree(branchMax: branchMax)
    }

    deinit {
        guard tree.leafCount > 0 else { return }
        var path = tree.firstPath
        repeat { PendingLeaf(bits: path.leaf).block.free() } while tree.advance(&path)
    }

    package var count: Int { tree.count }

    /// Bytes that the allocator set aside for leaves and branches.
    var allocatedByteCount: Int { leafByteCount + tree.allocatedByteCount }

    /// The path to the last leaf whose first id is not above `id`, or to the first. There must be one.
    private func path(to id: StreamID) -> TreePath {
        var path = TreePath(root: tree.root)
        for level in 0..<tree.height {
            let branch = TreeBranch(bits: path.leaf)
            var low = branch.firstChild(atLeast: id.milliseconds, above: false)
            var high = low
            if low < branch.count && branch.key(at: low) == id.milliseconds {
                high = branch.firstChild(atLeast: id.milliseconds, above: true)
            }
            while low < high {
                let middle = (low + high) / 2
                let leaf = PendingLeaf(bits: tree.firstLeaf(of: branch, child: middle, level: level))
                if leaf.id(at: 0) <= id { low = middle + 1 } else { high = middle }
            }
            path.descend(to: max(0, low - 1))
        }
        return path
    }

    // MARK: Reading

    /// The entry with this id, or nil. Logarithmic time.
    package func entry(_ id: StreamID) -> PendingEntry? {
        guard let entry = first(from: id), entry.id == id else { return nil }
        return entry
    }

    /// The first entry whose id is `id` or above, or nil. Logarithmic time.
    package func first(from id: StreamID) -> PendingEntry? {
        var found: PendingEntry?
        forEach(from: id) { entry in
            found = entry
            return false
        }
        return found
    }

    /// The first entry of a consumer whose id is `id` or above, or nil. A walk over those of others.
    package func first(from id: StreamID, of consumer: Int) -> PendingEntry? {
        var found: PendingEntry?
        forEach(from: id) { entry in
            if entry.consumer == consumer { found = entry }
            return found == nil
        }
        return found
    }

    /// The last entry, or nil.
    package var last: PendingEntry? {
        guard count > 0 else { return nil }
        let leaf = PendingLeaf(bits: tree.lastPath.leaf)
        return leaf.entry(at: leaf.count - 1)
    }

    /// Calls `body` with the entries from an id on, until it returns false. It must not change the list. Logarithmic
    /// time to the first, constant time to the next.
    package func forEach(from id: StreamID, _ body: (PendingEntry) -> Bool) {
        guard count > 0 else { return }
        var path = path(to: id)
        var leaf = PendingLeaf(bits: path.leaf)
        var index = leaf.index(of: id)
        while true {
            for place in index..<leaf.count where !body(leaf.entry(at: place)) { return }
            guard tree.advance(&path) else { return }
            leaf = PendingLeaf(bits: path.leaf)
            index = 0
        }
    }

    // MARK: Changing

    /// Puts an entry in, or in the place of the one that has its id. Logarithmic time.
    mutating func put(_ entry: PendingEntry) {
        guard count > 0 else { return insertOnly(entry) }
        let path = path(to: entry.id)
        var leaf = PendingLeaf(bits: path.leaf)
        let index = leaf.index(of: entry.id)
        let isThere = index < leaf.count && leaf.id(at: index) == entry.id
        if !isThere && leaf.count >= leafCountMax { return split(leaf, path, inserting: entry, at: index) }
        leafByteCount -= leaf.block.allocatedByteCount
        leaf.put(entry, at: index, replacing: isThere)
        leafByteCount += leaf.block.allocatedByteCount
        tree.update(path, word: leaf.bits, countChange: isThere ? 0 : 1, key: leaf.id(at: 0).milliseconds)
    }

    private mutating func make(_ leaf: PendingLeaf) -> TreeChild {
        leafByteCount += leaf.block.allocatedByteCount
        return TreeChild(word: leaf.bits, count: leaf.count, key: leaf.id(at: 0).milliseconds)
    }

    private mutating func insertOnly(_ entry: PendingEntry) {
        let leaf = make(PendingLeaf(entry))
        tree.insertOnly(leaf)
    }

    /// Parts a full leaf while an entry is added. One behind all others gets a leaf of its own, so that entries that
    /// come in order leave full leaves behind.
    private mutating func split(_ leaf: PendingLeaf, _ path: TreePath, inserting entry: PendingEntry, at index: Int) {
        let count = leaf.count
        let isLast = index == count && tree.start(of: path) + count == tree.count
        let middle = isLast ? count : count / 2
        leafByteCount -= leaf.block.allocatedByteCount
        let left = leaf.relaid(0..<middle, room: middle)
        leafByteCount += left.block.allocatedByteCount
        tree.update(path, word: left.bits, countChange: middle - count, key: left.id(at: 0).milliseconds)
        let right = make(isLast ? PendingLeaf(entry) : leaf.relaid(middle..<count, room: count - middle))
        leaf.block.free()
        tree.insert(right, path)
        if !isLast { put(entry) }
    }

    /// Removes the entry with this id and returns it, or nil. Logarithmic time.
    mutating func remove(_ id: StreamID) -> PendingEntry? {
        guard count > 0 else { return nil }
        let path = path(to: id)
        var leaf = PendingLeaf(bits: path.leaf)
        let index = leaf.index(of: id)
        guard index < leaf.count else { return nil }
        let entry = leaf.entry(at: index)
        guard entry.id == id else { return nil }
        leafByteCount -= leaf.block.allocatedByteCount
        guard leaf.count > 1 else {
            leaf.block.free()
            tree.remove(path)
            return entry
        }
        leaf.remove(at: index)
        leafByteCount += leaf.block.allocatedByteCount
        tree.update(path, word: leaf.bits, countChange: -1, key: leaf.id(at: 0).milliseconds)
        return entry
    }

    /// Removes the entries of a consumer, which are `count`. A walk over the list.
    mutating func removeAll(of consumer: Int, count: Int) {
        var left = count
        var next: StreamID? = .zero
        while left > 0, let start = next {
            var found: [StreamID] = []
            forEach(from: start) { entry in
                if entry.consumer == consumer { found.append(entry.id) }
                return found.count < min(left, 256)
            }
            precondition(!found.isEmpty, "fewer entries than the consumer has")
            for id in found { _ = remove(id) }
            left -= found.count
            next = found.last?.next
        }
    }

    /// An equal list that shares nothing with this one.
    func copied() -> PendingList {
        var copy = PendingList(leafCountMax: leafCountMax, branchMax: tree.branchMax)
        guard tree.leafCount > 0 else { return copy }
        var path = tree.firstPath
        repeat {
            let former = PendingLeaf(bits: path.leaf)
            let leaf = copy.make(former.relaid(0..<former.count, room: former.count))
            copy.tree.append(leaf)
        } while tree.advance(&path)
        return copy
    }
}

internal import SnugMemory

/// A stream: entries in the order of their ids, in packed nodes that share what entries have in common (`StreamNode`)
/// under a tree that finds them by id (`CountedTree`), and its consumer groups.
///
///     id ──► CountedTree: milliseconds of each node's first id, halved ──► node: a walk from its first entry
///
/// Nodes end where Redis's do (`stream-node-max-bytes`, `stream-node-max-entries`), because `XTRIM ~` and
/// `XADD … MAXLEN ~` remove whole ones. What a stream costs: its entries' bytes, 60 bytes and the fields' names for
/// each node, 24 for its place in the tree; nothing for an entry but its own bytes.
///
/// Invariants:
/// - I1: ids rise strictly through all nodes; no node is without entries.
/// - I2: the key that the tree notes of a node is the milliseconds of its first id.
/// - I3: `nodeByteCount` and `groupByteCount` are the sums of what the allocator set aside for nodes and for groups.
package struct EntryStream: ~Copyable {
    var tree: CountedTree
    let scratch: Box<StreamScratch>
    /// The greatest id that an entry ever had, unless XSETID has said otherwise.
    package internal(set) var lastID = StreamID.zero
    /// The greatest id that XDEL has removed.
    package internal(set) var deletedIDMax = StreamID.zero
    /// How many entries were ever added.
    package internal(set) var addedCount: Int64 = 0
    /// Bytes that the allocator set aside for nodes.
    private(set) var nodeByteCount = 0
    /// Boxes of the groups, in the order of their names.
    var groups = WordList()
    /// Bytes that the allocator set aside for groups.
    var groupByteCount = 0
    /// The step of the longest field or value that was ever added (`HistogramStep`).
    private(set) var longestStep: UInt8 = 0

    /// Most bytes of the fields and values of one entry.
    package static let entryByteCountMax = 1 << 30

    /// A stream without entries. `scratch` must live longer; streams of one thread may share it.
    init(scratch: Box<StreamScratch>, branchMax: Int = CountedTree.branchMaxStandard) {
        self.scratch = scratch
        tree = CountedTree(branchMax: branchMax)
    }

    deinit {
        for index in 0..<groups.count { Box<ConsumerGroup>(bits: groups[index]).destroy() }
        guard tree.leafCount > 0 else { return }
        var path = tree.firstPath
        repeat { StreamNode(bits: path.leaf).block.free() } while tree.advance(&path)
    }

    /// How many entries there are.
    package var count: Int { tree.count }

    package var nodeCount: Int { tree.leafCount }

    /// Nodes, the branches above them, and the root: what Redis would call the nodes of its radix tree.
    package var treeNodeCount: Int { tree.leafCount + tree.branchCount + 1 }

    /// Everything that the allocator set aside for this stream, its box included. Constant time.
    var allocatedByteCount: Int {
        nodeByteCount + tree.allocatedByteCount + groups.allocatedByteCount + groupByteCount + Self.boxByteCount
    }

    /// What the allocator sets aside for a box of a stream.
    private static let boxByteCount = Box<EntryStream>.probedByteCount()

    // MARK: Adding

    /// Begins an entry of `pairCount` pairs, one or more: `measure` and then `write` take each of them in turn, with
    /// `decide` between, and `append` ends it. Nothing else may be done with the stream before that.
    package func beginEntry(pairCount: Int) -> StreamAddition {
        StreamAddition(
            pairCount: pairCount, node: tree.leafCount == 0 ? nil : StreamNode(bits: tree.lastPath.leaf))
    }

    package func measure(_ field: RawSpan, _ value: RawSpan, for entry: inout StreamAddition) {
        entry.measure(field, value)
    }

    /// Says whether the entry, all pairs of which have been measured, goes to the last node or begins one.
    package func decide(_ entry: inout StreamAddition, _ limits: EncodingLimits) {
        entry.beginsNode = entry.node.map { Self.isFull($0, for: entry.byteCount, limits) } ?? true
        entry.beginWriting(&scratch.value)
    }

    package func write(_ field: RawSpan, _ value: RawSpan, for entry: inout StreamAddition) {
        entry.write(field, value, &scratch.value)
    }

    /// Adds the entry that has been written. `id` must be above the last.
    package mutating func append(_ entry: StreamAddition, id: StreamID) {
        precondition(id > lastID, "ids that do not rise")
        lastID = id
        addedCount &+= 1
        longestStep = max(longestStep, UInt8(truncatingIfNeeded: HistogramStep.step(of: entry.longest)))
        // A copy of the handle: through `self` the thread sanitizer's build does not compile.
        let scratch = scratch
        defer { if entry.byteCount > StreamScratch.keptByteCountMax { scratch.value.giveBack() } }
        guard entry.beginsNode else {
            let path = tree.lastPath
            var node = StreamNode(bits: path.leaf)
            let before = node.allocatedByteCount
            node.append(id, entry, scratch.value)
            nodeByteCount += node.allocatedByteCount - before
            tree.update(path, word: node.bits, countChange: 1, key: node.firstID.milliseconds)
            return
        }
        let node = StreamNode(id, entry, scratch.value)
        nodeByteCount += node.allocatedByteCount
        let leaf = TreeChild(word: node.bits, count: 1, key: id.milliseconds)
        if tree.leafCount > 0 { fitNode(tree.lastPath) }
        tree.append(leaf)
    }

    /// Whether an entry of so many bytes goes to a node of its own.
    private static func isFull(_ node: StreamNode, for byteCount: Int, _ limits: EncodingLimits) -> Bool {
        let configured = limits.streamNodeByteCountMax
        let most = configured == 0 || configured > entryByteCountMax ? entryByteCountMax : configured
        if node.listpackByteCount + byteCount >= most { return true }
        let entriesMax = limits.streamNodeEntriesMax
        return entriesMax > 0 && node.count + node.deletedCount >= entriesMax
    }

    /// Gives back what the path's node has in reserve.
    private mutating func fitNode(_ path: TreePath) {
        var node = StreamNode(bits: path.leaf)
        nodeByteCount -= node.allocatedByteCount
        node.fit()
        nodeByteCount += node.allocatedByteCount
        tree.update(path, word: node.bits, countChange: 0, key: node.firstID.milliseconds)
    }

    // MARK: Removing

    /// Removes the entry with this id and notes that; false when there is none. A node is walked.
    package mutating func remove(_ id: StreamID) -> Bool {
        guard tree.leafCount > 0 else { return false }
        let path = path(to: id)
        let node = StreamNode(bits: path.leaf)
        let block = node.block
        let reader = node.reader(of: block)
        let place = reader.place(of: id)
        guard place.isThere else { return false }
        remove(place.offset..<reader.offset(after: reader.entry(at: place.offset)), count: 1, at: path)
        if id > deletedIDMax { deletedIDMax = id }
        return true
    }

    /// Removes entries of the path's node, and the node with the last of them.
    mutating func remove(_ range: Range<Int>, count removed: Int, at path: TreePath) {
        var node = StreamNode(bits: path.leaf)
        nodeByteCount -= node.allocatedByteCount
        guard removed < node.count else {
            node.block.free()
            tree.remove(path)
            return
        }
        node.remove(range, count: removed)
        nodeByteCount += node.allocatedByteCount
        tree.update(path, word: node.bits, countChange: -removed, key: node.firstID.milliseconds)
    }

    /// Says what the last id is, which must not be below that of the last entry; and how many entries were ever added
    /// and the greatest id that was removed, where that is known.
    package mutating func set(lastID: StreamID, addedCount: Int64?, deletedIDMax: StreamID?) {
        self.lastID = lastID
        if let addedCount { self.addedCount = addedCount }
        if let deletedIDMax { self.deletedIDMax = deletedIDMax }
    }

    /// An equal stream that shares nothing with this one.
    func copied() -> EntryStream {
        var copy = EntryStream(scratch: scratch, branchMax: tree.branchMax)
        copy.set(lastID: lastID, addedCount: addedCount, deletedIDMax: deletedIDMax)
        copy.longestStep = longestStep
        copyGroups(to: &copy)
        guard tree.leafCount > 0 else { return copy }
        var path = tree.firstPath
        repeat {
            let node = StreamNode(bits: path.leaf).copied()
            copy.nodeByteCount += node.allocatedByteCount
            let leaf = TreeChild(word: node.bits, count: node.count, key: node.firstID.milliseconds)
            copy.tree.append(leaf)
        } while tree.advance(&path)
        return copy
    }
}

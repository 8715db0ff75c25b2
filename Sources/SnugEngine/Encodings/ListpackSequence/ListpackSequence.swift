internal import SnugMemory

/// A large list: listpacks of a bounded size in an order, found by the number of an element.
///
///     CountedTree ──► ┌──────────┐ ┌──────────┐ ┌────────────────┐ ┌──────────┐
///                     │ listpack │ │ listpack │ │ one element    │ │ listpack │
///                     │ ≤ 8 KB   │ │ ≤ 8 KB   │ │ (a plain node) │ │ ≤ 8 KB   │
///                     └──────────┘ └──────────┘ └────────────────┘ └──────────┘
///
/// An element is found through one branch for each level of the tree, and a walk in its listpack from the nearer end.
/// The first and the last take no search: one step a level, of which there are two up to some hundred thousand elements
/// per KB of a node, and three up to a hundred times as many. A change moves the bytes behind it in one listpack.
///
/// Over the bytes of its listpacks a list of full nodes of 8 KB has 24 bytes a node and what the last element left
/// over: half a percent for elements of ten bytes.
///
/// Invariants:
/// - I1: no node is empty. A listpack is within the limit; a plain node's element would not be.
/// - I2: a node that a removal left with less than a quarter of what the limit allows is merged with a neighbour if
///   both together have at most three quarters.
/// - I3: `nodeByteCount` and `elementByteCount` are the sums over the nodes.
package struct ListpackSequence: ~Copyable {
    var tree: CountedTree
    /// The limit of the nodes that are made from now on. Nodes that are there stay as they are until they change.
    package var limit: ListNodeLimit
    /// Bytes that the allocator set aside for nodes.
    private(set) var nodeByteCount = 0
    /// Bytes that all elements have in a listpack, its header and end not included.
    private(set) var elementByteCount = 0

    /// A list without elements.
    package init(limit: ListNodeLimit, branchMax: Int = CountedTree.branchMaxStandard) {
        self.limit = limit
        tree = CountedTree(branchMax: branchMax)
    }

    deinit {
        guard tree.leafCount > 0 else { return }
        var path = tree.firstPath
        repeat { ListNode(word: path.leaf).free() } while tree.advance(&path)
    }

    /// How many elements there are. Constant time.
    package var count: Int { tree.count }

    package var nodeCount: Int { tree.leafCount }

    /// Bytes that the allocator set aside for nodes and branches.
    package var allocatedByteCount: Int { nodeByteCount + tree.allocatedByteCount }

    // MARK: Reading

    /// Element number `index`, which must be there. Logarithmic time, and a walk in one listpack.
    @_lifetime(borrow self)
    package func value(at index: Int) -> StringValue {
        precondition(index >= 0 && index < count, "an element that is not there")
        let (path, place) = tree.path(to: index)
        let node = ListNode(word: path.leaf)
        if node.isPlain { return .bytes(node.string.bytes(of: self)) }
        let reader = node.listpack.reader(of: self)
        return reader.value(at: ListNode.offset(of: place, in: reader, count: tree.elementCount(of: path)))
    }

    // MARK: Adding

    /// Adds an element behind the others. It must not lie in this list.
    package mutating func append(_ value: StringValue) {
        let elements = ListpackElements(value)
        guard count > 0 else { return insertOnly(elements, value) }
        let path = tree.lastPath
        if add(elements, atEnd: true, path) { return }
        insertNode(elements, value, before: false, path)
    }

    /// Adds an element before the others. It must not lie in this list.
    package mutating func prepend(_ value: StringValue) {
        let elements = ListpackElements(value)
        guard count > 0 else { return insertOnly(elements, value) }
        let path = tree.firstPath
        if add(elements, atEnd: false, path) { return }
        insertNode(elements, value, before: true, path)
    }

    /// Adds an element so that it is number `index`, which is at most the count. It must not lie in this list.
    package mutating func insert(_ value: StringValue, at index: Int) {
        if index == 0 { return prepend(value) }
        if index == count { return append(value) }
        let elements = ListpackElements(value)
        let (path, place) = tree.path(to: index)
        if insert(elements, at: place, path) { return }
        if place == 0 {
            var former = path
            if tree.retreat(&former), add(elements, atEnd: true, former) { return }
            return insertNode(elements, value, before: true, path)
        }
        // A plain node goes between two others; else there is room in one of the halves, or in a half of a half.
        let isPlain = limit.isPlain(elements)
        let left = split(at: isPlain ? place : tree.elementCount(of: path) / 2, path)
        if isPlain {
            insertNode(elements, value, before: false, left)
        } else {
            insert(value, at: index)
        }
    }

    /// Puts `value`, which must not lie in this list, in the place of element number `index`.
    package mutating func replace(at index: Int, with value: StringValue) {
        precondition(index >= 0 && index < count, "an element that is not there")
        let elements = ListpackElements(value)
        let (path, place) = tree.path(to: index)
        let node = ListNode(word: path.leaf)
        if !node.isPlain {
            var listpack = node.listpack
            let before = listpack.byteCount
            let range = range(place..<place + 1, path)
            let byteCount = before - range.count + elements.byteCount
            if byteCount <= limit.byteCountMax || byteCount <= before {
                listpack.replace(range, removing: 1, with: elements)
                return store(listpack, before: before, path, countChange: 0)
            }
        }
        removeWithoutMerging(index..<index + 1)
        if count == 0 { insertOnly(elements, value) } else { insert(value, at: index) }
    }

    // MARK: Removing

    /// Removes the first or the last element, of which there must be one, and calls `body` with it before. One step a
    /// level, and a move of the bytes behind it in its listpack.
    package mutating func pop(atEnd: Bool, _ body: (StringValue) -> Void) {
        precondition(count > 0, "an element that is not there")
        let path = atEnd ? tree.lastPath : tree.firstPath
        let node = ListNode(word: path.leaf)
        guard !node.isPlain else {
            body(.bytes(node.string.bytes(of: node)))
            removeNode(path)
            return mergeIfSmall(at: atEnd ? count : 0)
        }
        let reader = node.listpack.reader(of: node)
        let start = atEnd ? reader.offset(before: reader.endOffset) ?? reader.firstOffset : reader.firstOffset
        let end = atEnd ? reader.endOffset : reader.offset(after: start)
        body(reader.value(at: start))
        let left = tree.elementCount(of: path) - 1
        guard left > 0 else {
            removeNode(path)
            return mergeIfSmall(at: atEnd ? count : 0)
        }
        let leavesFew = isSmall(byteCount: node.byteCount - (end - start), count: left)
        delete(start..<end, count: 1, path)
        if leavesFew { mergeIfSmall(at: atEnd ? count : 0) }
    }

    /// Removes the elements of `range`, which must be there. A node a step.
    package mutating func remove(_ range: Range<Int>) {
        removeWithoutMerging(range)
        mergeIfSmall(at: range.lowerBound)
    }

    private mutating func removeWithoutMerging(_ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "elements that are not there")
        var left = range.count
        while left > 0 {
            let (path, place) = tree.path(to: range.lowerBound)
            let end = min(tree.elementCount(of: path), place + left)
            left -= end - place
            remove(place..<end, at: path)
        }
    }

    /// Removes all elements.
    package mutating func removeAll() {
        removeWithoutMerging(0..<count)
    }

    /// Removes elements that read as `text`, at most `most` of them, from the front or from the back on. Returns how
    /// many they were. Looks at every element up to the last that it removes.
    package mutating func remove(equalTo text: RawSpan, atMost most: Int, reversed: Bool) -> Int {
        let integer = text.canonicalInteger
        var left = most
        // What is not looked at yet: elements from `place` on, or before it.
        var place = reversed ? count : 0
        while left > 0 && (reversed ? place > 0 : place < count) {
            let (path, index) = tree.path(to: reversed ? place - 1 : place)
            let before = tree.elementCount(of: path)
            let start = (reversed ? place - 1 : place) - index
            let removed = removeFromNode(path, text, integer, atMost: left, reversed: reversed)
            left -= removed
            place = reversed ? start : start + before - removed
            if removed > 0 { mergeIfSmall(at: start) }
        }
        return most - left
    }

    private mutating func removeFromNode(
        _ path: TreePath, _ text: RawSpan, _ integer: Int64?, atMost most: Int, reversed: Bool
    ) -> Int {
        let node = ListNode(word: path.leaf)
        if node.isPlain {
            guard node.string.bytes(of: self).isEqual(to: text) else { return 0 }
            remove(0..<1, at: path)
            return 1
        }
        var listpack = node.listpack
        let before = listpack.byteCount
        var removed = 0
        var offset = reversed ? listpack.endOffset : ListpackLayout.headerByteCount
        while removed < most, let found = listpack.find(text, integer, from: offset, reversed: reversed) {
            offset = found
            let end = listpack.reader(of: listpack.block).offset(after: found)
            listpack.delete(found..<end, count: 1)
            removed += 1
        }
        store(listpack, before: before, path, countChange: -removed)
        if tree.elementCount(of: path) == 0 {
            // The block may have moved while the listpack became smaller.
            var path = path
            path.leaf = ListNode(listpack).word
            removeNode(path)
        }
        return removed
    }
}

// MARK: - Nodes

extension ListpackSequence {
    /// Where elements of the path's listpack lie.
    private func range(_ elements: Range<Int>, _ path: TreePath) -> Range<Int> {
        let reader = ListNode(word: path.leaf).listpack.reader(of: self)
        let count = tree.elementCount(of: path)
        let start = ListNode.offset(of: elements.lowerBound, in: reader, count: count)
        if elements.upperBound == count { return start..<reader.endOffset }
        if elements.count > count / 2 {
            return start..<ListNode.offset(of: elements.upperBound, in: reader, count: count)
        }
        var end = start
        for _ in elements { end = reader.offset(after: end) }
        return start..<end
    }

    /// Adds what a node takes to the sums, or takes it off.
    private mutating func count(_ size: ListNode.Size, times: Int) {
        nodeByteCount += size.allocated * times
        elementByteCount += size.elements * times
    }

    /// Notes where the path's listpack is after a change, and what it takes. `before` is its byte count then.
    private mutating func store(_ listpack: Listpack, before: Int, _ path: TreePath, countChange: Int) {
        nodeByteCount += listpack.allocationChange
        elementByteCount += listpack.byteCount - before
        tree.update(path, word: ListNode(listpack).word, countChange: countChange, key: 0)
    }

    /// Adds an element at one end of the path's node. False when the node is plain or full.
    private mutating func add(_ elements: borrowing ListpackElements, atEnd: Bool, _ path: TreePath) -> Bool {
        insert(elements, at: atEnd ? tree.elementCount(of: path) : 0, path)
    }

    /// Adds an element to the path's node at `place`. False when the node is plain or full.
    private mutating func insert(_ elements: borrowing ListpackElements, at place: Int, _ path: TreePath) -> Bool {
        let node = ListNode(word: path.leaf)
        guard !node.isPlain else { return false }
        var listpack = node.listpack
        let count = tree.elementCount(of: path)
        let before = listpack.byteCount
        guard limit.allows(count: count + 1, byteCount: before + elements.byteCount) else { return false }
        let offset = ListNode.offset(of: place, in: listpack.reader(of: self), count: count)
        listpack.insert(elements, at: offset)
        store(listpack, before: before, path, countChange: 1)
        return true
    }

    /// A node of one element.
    private mutating func makeNode(_ elements: borrowing ListpackElements, _ value: StringValue) -> TreeChild {
        let node: ListNode
        if limit.isPlain(elements) {
            node = value.withBytes { ListNode(plain: .make(of: $0)) }
        } else {
            var listpack = Listpack.make(reserving: elements.byteCount)
            listpack.append(elements)
            node = ListNode(listpack)
        }
        count(node.size, times: 1)
        return TreeChild(word: node.word, count: 1, key: 0)
    }

    private mutating func insertOnly(_ elements: borrowing ListpackElements, _ value: StringValue) {
        let node = makeNode(elements, value)
        tree.insertOnly(node)
    }

    private mutating func insertNode(
        _ elements: borrowing ListpackElements, _ value: StringValue, before: Bool, _ path: TreePath
    ) {
        let node = makeNode(elements, value)
        tree.insert(node, before: before, path)
    }

    private mutating func removeNode(_ path: TreePath) {
        let node = ListNode(word: path.leaf)
        count(node.size, times: -1)
        node.free()
        tree.remove(path)
    }

    /// Removes elements of the path's node, and the node with the last of them.
    private mutating func remove(_ elements: Range<Int>, at path: TreePath) {
        guard elements.count < tree.elementCount(of: path) else { return removeNode(path) }
        let range = range(elements, path)
        delete(range, count: elements.count, path)
    }

    /// Takes the `count` elements in these bytes out of the path's listpack.
    private mutating func delete(_ range: Range<Int>, count: Int, _ path: TreePath) {
        var listpack = ListNode(word: path.leaf).listpack
        let before = listpack.byteCount
        listpack.delete(range, count: count)
        store(listpack, before: before, path, countChange: -count)
    }

    /// Parts the path's listpack before element `place`, which must be within. Returns the path to the first half.
    private mutating func split(at place: Int, _ path: TreePath) -> TreePath {
        let count = tree.elementCount(of: path)
        let start = tree.start(of: path)
        let range = range(place..<count, path)
        var right = Listpack.make(reserving: range.count)
        right.append(elementsOf: ListNode(word: path.leaf).listpack, range, count: count - place)
        self.count(ListNode(right).size, times: 1)
        delete(range, count: count - place, path)
        tree.insert(TreeChild(word: ListNode(right).word, count: count - place, key: 0), tree.path(to: start).path)
        return tree.path(to: start).path
    }

    /// Merges the node with element `index`, or the last, with a neighbour if it is small (I2).
    private mutating func mergeIfSmall(at index: Int) {
        guard nodeCount > 1 else { return }
        let path = tree.path(to: min(index, count)).path
        let node = ListNode(word: path.leaf)
        guard !node.isPlain, isSmall(byteCount: node.byteCount, count: tree.elementCount(of: path)) else { return }
        var (former, next) = (path, path)
        if tree.retreat(&former), mayMerge(former, path) {
            merge(path, into: former)
        } else if tree.advance(&next), mayMerge(path, next) {
            merge(next, into: path)
        }
    }

    /// Whether a listpack has less than a quarter of what the limit allows.
    private func isSmall(byteCount: Int, count: Int) -> Bool {
        byteCount < limit.byteCountMax / 4 && (limit.countMax == .max || count <= limit.countMax / 4)
    }

    private func mayMerge(_ first: TreePath, _ second: TreePath) -> Bool {
        let (left, right) = (ListNode(word: first.leaf), ListNode(word: second.leaf))
        guard !left.isPlain && !right.isPlain else { return false }
        let count = tree.elementCount(of: first) + tree.elementCount(of: second)
        return left.byteCount + right.byteCount <= limit.byteCountMax / 4 * 3
            && count <= limit.countMax - limit.countMax / 4
    }

    /// Appends the elements of one node to those of the node before it.
    private mutating func merge(_ path: TreePath, into former: TreePath) {
        let right = ListNode(word: path.leaf).listpack
        let count = tree.elementCount(of: path)
        let start = tree.start(of: former)
        let range = ListpackLayout.headerByteCount..<right.endOffset
        let end = start + tree.elementCount(of: former)
        var left = ListNode(word: former.leaf).listpack
        let before = left.byteCount
        left.append(elementsOf: right, range, count: count)
        store(left, before: before, former, countChange: count)
        removeNode(tree.path(to: end + count).path)
    }
}

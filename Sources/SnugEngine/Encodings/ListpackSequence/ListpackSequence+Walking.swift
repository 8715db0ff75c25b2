package import SnugMemory

/// Reading a list in order, whole nodes of it, and moving nodes.
extension ListpackSequence {
    /// Calls `body` with the elements of `range`, which must be there, and their numbers, from the front or from the
    /// back on, until it returns false. `body` must not change the list. Logarithmic time and a walk in one listpack to
    /// the first, constant time to the next.
    package func forEach<Failure: Error>(
        _ range: Range<Int>, reversed: Bool = false, _ body: (Int, StringValue) throws(Failure) -> Bool
    ) throws(Failure) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "elements that are not there")
        guard !range.isEmpty else { return }
        var (path, place) = tree.path(to: reversed ? range.upperBound - 1 : range.lowerBound)
        var index = reversed ? range.upperBound - 1 : range.lowerBound
        while true {
            let goesOn =
                reversed
                ? try giveReversed(path, &place, &index, from: range.lowerBound, body)
                : try give(path, &place, &index, until: range.upperBound, body)
            guard goesOn else { return }
            if reversed {
                guard index >= range.lowerBound, tree.retreat(&path) else { return }
                place = tree.elementCount(of: path) - 1
            } else {
                guard index < range.upperBound, tree.advance(&path) else { return }
                place = 0
            }
        }
    }

    /// Gives the elements of a node from `place` on. False when `body` has had enough.
    private func give<Failure: Error>(
        _ path: TreePath, _ place: inout Int, _ index: inout Int, until end: Int,
        _ body: (Int, StringValue) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        let node = ListNode(word: path.leaf)
        if node.isPlain {
            index += 1
            return try body(index - 1, .bytes(node.string.bytes(of: self)))
        }
        let reader = node.listpack.reader(of: self)
        var offset = ListNode.offset(of: place, in: reader, count: tree.elementCount(of: path))
        while offset < reader.endOffset && index < end {
            guard try body(index, reader.value(at: offset)) else { return false }
            offset = reader.offset(after: offset)
            index += 1
        }
        return true
    }

    /// Gives the elements of a node from `place` back to its first. False when `body` has had enough.
    private func giveReversed<Failure: Error>(
        _ path: TreePath, _ place: inout Int, _ index: inout Int, from first: Int,
        _ body: (Int, StringValue) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        let node = ListNode(word: path.leaf)
        if node.isPlain {
            index -= 1
            return try body(index + 1, .bytes(node.string.bytes(of: self)))
        }
        let reader = node.listpack.reader(of: self)
        let start = ListNode.offset(of: place + 1, in: reader, count: tree.elementCount(of: path))
        var offset = start
        while index >= first, let former = reader.offset(before: offset) {
            guard try body(index, reader.value(at: former)) else { return false }
            offset = former
            index -= 1
        }
        return true
    }

    // MARK: Nodes

    /// Calls `body` with each node in order: the bytes of its listpack, or of its only element when it is plain.
    package func forEachNode<Failure: Error>(_ body: (RawSpan, _ isPlain: Bool) throws(Failure) -> Void) throws(Failure)
    {
        guard count > 0 else { return }
        var path = tree.firstPath
        repeat {
            let node = ListNode(word: path.leaf)
            if node.isPlain {
                try body(node.string.bytes(of: self), true)
            } else {
                try body(node.listpack.reader(of: self).bytes, false)
            }
        } while tree.advance(&path)
    }

    /// An equal list that shares nothing with this one.
    package func copied() -> ListpackSequence {
        var copy = ListpackSequence(limit: limit, branchMax: tree.branchMax)
        forEach(0..<count) { _, value in
            copy.append(value)
            return true
        }
        return copy
    }

    /// Tries to move nodes, and the branches above them, to fuller pages, from the one with element `start` on, until
    /// `nodeCount` of them have been looked at. Returns the element to go on from, 0 at the end.
    package mutating func compact(from start: Int, nodeCount: Int, using compactor: inout BlockCompactor) -> Int {
        guard start < count else { return 0 }
        let (first, place) = tree.path(to: start)
        var (path, index) = (first, start - place)
        for _ in 0..<nodeCount {
            index += tree.elementCount(of: path)
            // What is set aside stays the same, because the other place is one of the same size.
            if let moved = ListNode(word: path.leaf).compacted(using: &compactor) {
                path.leaf = moved.word
                tree.update(path, word: moved.word, countChange: 0, key: 0)
            }
            tree.compact(&path, using: &compactor)
            if !tree.advance(&path) { return 0 }
        }
        return index
    }
}

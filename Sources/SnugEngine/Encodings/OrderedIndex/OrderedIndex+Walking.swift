package import SnugMemory

/// Reading entries in order, and moving leaves.
extension OrderedIndex {
    /// Calls `body` with the member and the score of the entries of these ranks, which must be there: in rising order,
    /// or the last first. The member's bytes are good until `body` returns; `body` must not call this index or one that
    /// shares its scratch. Logarithmic time to the first, constant time to the next.
    package func forEach<Failure: Error>(
        ranks: Range<Int>, reversed: Bool = false, _ body: (RawSpan, Double) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(ranks.lowerBound >= 0 && ranks.upperBound <= count, "entries that are not there")
        guard !ranks.isEmpty else { return }
        var (path, index) = tree.path(to: reversed ? ranks.upperBound - 1 : ranks.lowerBound)
        var left = ranks.count
        while true {
            let leaf = OrderedLeaf(bits: path.leaf)
            let range = reversed ? max(0, index + 1 - left)..<index + 1 : index..<min(leaf.count, index + left)
            try leaf.forEach(range, reversed: reversed, scratch, body)
            left -= range.count
            guard left > 0, reversed ? tree.retreat(&path) : tree.advance(&path) else { return }
            index = reversed ? tree.elementCount(of: path) - 1 : 0
        }
    }

    /// Tries to move leaves, and the branches above them, to fuller pages, from the one with the entry of rank `start`
    /// on, until `leafCount` of them have been looked at. Returns the rank to go on from, 0 at the end.
    package mutating func compact(from start: Int, leafCount: Int, using compactor: inout BlockCompactor) -> Int {
        guard start < count else { return 0 }
        let (first, index) = tree.path(to: start)
        var (path, rank) = (first, start - index)
        for _ in 0..<leafCount {
            let leaf = OrderedLeaf(bits: path.leaf)
            rank += leaf.count
            // What is set aside stays the same, because the other place is one of the same size.
            if let block = compactor.move(leaf.block, used: leaf.byteCount) {
                path.leaf = block.bits
                tree.update(path, word: block.bits, countChange: 0, key: OrderedLeaf(bits: block.bits).firstWord)
            }
            tree.compact(&path, using: &compactor)
            if !tree.advance(&path) { return 0 }
        }
        return rank
    }
}

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
        if reversed {
            try forEachReversed(ranks, body)
        } else {
            try forEachRising(ranks, body)
        }
    }

    private func forEachRising<Failure: Error>(
        _ ranks: Range<Int>, _ body: (RawSpan, Double) throws(Failure) -> Void
    ) throws(Failure) {
        var (path, index) = tree.path(to: ranks.lowerBound)
        var left = ranks.count
        while true {
            let leaf = OrderedLeaf(bits: path.leaf)
            let head = leaf.head
            let end = min(head.count, index + left)
            left -= end - index
            var offset = leaf.suffixOffset(index, head)
            beginMember(leaf, head)
            while index < end {
                let byteCount = leaf.suffixByteCount(index, head)
                try give(leaf, head, index, offset, byteCount, body)
                offset += byteCount
                index += 1
            }
            guard left > 0, tree.advance(&path) else { return }
            index = 0
        }
    }

    private func forEachReversed<Failure: Error>(
        _ ranks: Range<Int>, _ body: (RawSpan, Double) throws(Failure) -> Void
    ) throws(Failure) {
        var (path, index) = tree.path(to: ranks.upperBound - 1)
        var left = ranks.count
        while true {
            let leaf = OrderedLeaf(bits: path.leaf)
            let head = leaf.head
            let first = max(0, index + 1 - left)
            left -= index + 1 - first
            var offset = leaf.suffixOffset(index + 1, head)
            beginMember(leaf, head)
            while index >= first {
                let byteCount = leaf.suffixByteCount(index, head)
                offset -= byteCount
                try give(leaf, head, index, offset, byteCount, body)
                index -= 1
            }
            guard left > 0, tree.retreat(&path) else { return }
            index = tree.elementCount(of: path) - 1
        }
    }

    /// Writes the prefix of a leaf's members into the buffer.
    private func beginMember(_ leaf: OrderedLeaf, _ head: OrderedLeaf.Head) {
        let scratch = scratch
        scratch.value.member.removeAll(keepingAtMost: 1 << 16)
        scratch.value.member.append(leaf.prefix(head, of: leaf))
    }

    @inline(__always)
    private func give<Failure: Error>(
        _ leaf: OrderedLeaf, _ head: OrderedLeaf.Head, _ index: Int, _ offset: Int, _ byteCount: Int,
        _ body: (RawSpan, Double) throws(Failure) -> Void
    ) throws(Failure) {
        let scratch = scratch
        scratch.value.member.truncate(to: head.prefixByteCount)
        leaf.appendSuffix(at: offset, byteCount: byteCount, head, to: &scratch.value.member)
        try body(scratch.value.member.bytes, ScoreWord.score(leaf.word(at: index, head)))
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

internal import SnugMemory

/// Finding entries.
extension EntryStream {
    /// The path to the last node whose first id is not above `id`, or to the first node. There must be one.
    func path(to id: StreamID) -> TreePath {
        var path = TreePath(root: tree.root)
        for level in 0..<tree.height {
            let branch = TreeBranch(bits: path.leaf)
            var low = branch.firstChild(atLeast: id.milliseconds, above: false)
            // Nodes that begin within the same millisecond are told apart by their first ids.
            var high = low
            if low < branch.count && branch.key(at: low) == id.milliseconds {
                high = branch.firstChild(atLeast: id.milliseconds, above: true)
            }
            while low < high {
                let middle = (low + high) / 2
                let node = StreamNode(bits: tree.firstLeaf(of: branch, child: middle, level: level))
                if node.firstID <= id { low = middle + 1 } else { high = middle }
            }
            path.descend(to: max(0, low - 1))
        }
        return path
    }

    /// The id of the first entry, nil without one. A branch a level.
    package var firstEntryID: StreamID? {
        guard tree.leafCount > 0 else { return nil }
        let reader = StreamNode(bits: tree.firstPath.leaf).reader(of: self)
        return reader.entry(at: reader.firstOffset).id
    }

    /// The id of the last entry, nil without one. A branch a level, and a walk in a node that had entries removed.
    package var lastEntryID: StreamID? {
        guard tree.leafCount > 0 else { return nil }
        let node = StreamNode(bits: tree.lastPath.leaf)
        if node.deletedCount == 0 { return node.lastID }
        var last: StreamID?
        forEach(from: .zero, through: .max, reversed: true) { entry in
            last = entry.id
            return false
        }
        return last
    }

    package func contains(_ id: StreamID) -> Bool {
        tree.leafCount > 0 && StreamNode(bits: path(to: id).leaf).reader(of: self).place(of: id).isThere
    }

    /// Calls `body` with the entries from one id through another, in rising order or the last first, until it returns
    /// false. It must not change the stream's entries. Logarithmic time and a walk in a node to the first, constant
    /// time to the next; those of a node are walked over once more for the reverse order.
    package func forEach(
        from start: StreamID, through end: StreamID, reversed: Bool = false, _ body: (StreamEntry) -> Bool
    ) {
        guard tree.leafCount > 0, start <= end else { return }
        if reversed { return forEachReversed(from: start, through: end, body) }
        var path = path(to: start)
        repeat {
            let node = StreamNode(bits: path.leaf)
            if node.firstID > end { return }
            let reader = node.reader(of: self)
            var offset = reader.firstOffset
            while offset < reader.endOffset {
                let entry = reader.entry(at: offset)
                if entry.id > end { return }
                if entry.id >= start && !body(entry) { return }
                offset = reader.offset(after: entry)
            }
        } while tree.advance(&path)
    }

    /// Calls `body` with each entry in rising order, and with the first of a node also how many entries that has.
    package func forEachOfNodes(_ body: (StreamEntry, _ countOfNode: Int?) -> Void) {
        guard tree.leafCount > 0 else { return }
        var path = tree.firstPath
        repeat {
            let node = StreamNode(bits: path.leaf)
            let reader = node.reader(of: self)
            var offset = reader.firstOffset
            var countOfNode: Int? = node.count
            while offset < reader.endOffset {
                let entry = reader.entry(at: offset)
                body(entry, countOfNode)
                countOfNode = nil
                offset = reader.offset(after: entry)
            }
        } while tree.advance(&path)
    }

    /// Calls `body` with each node in order.
    func forEachNode(_ body: (StreamNode) -> Void) {
        guard tree.leafCount > 0 else { return }
        var path = tree.firstPath
        repeat { body(StreamNode(bits: path.leaf)) } while tree.advance(&path)
    }

    private func forEachReversed(from start: StreamID, through end: StreamID, _ body: (StreamEntry) -> Bool) {
        let scratch = scratch
        var path = path(to: end)
        repeat {
            let node = StreamNode(bits: path.leaf)
            if node.lastID < start { return }
            let reader = node.reader(of: self)
            scratch.value.offsets.truncate(to: 0)
            var offset = reader.firstOffset
            while offset < reader.endOffset {
                let entry = reader.entry(at: offset)
                if entry.id > end { break }
                if entry.id >= start { scratch.value.offsets.append(bytesOf: UInt32(offset)) }
                offset = reader.offset(after: entry)
            }
            var place = scratch.value.offsets.count - 4
            while place >= 0 {
                let offset = scratch.value.offsets.bytes.load(UInt32.self, at: place)
                if !body(reader.entry(at: Int(offset))) { return }
                place -= 4
            }
        } while tree.retreat(&path)
    }
}

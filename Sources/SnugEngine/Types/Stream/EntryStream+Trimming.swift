/// What is left of a stream that is trimmed.
package enum StreamBound: BitwiseCopyable, Sendable {
    /// At most so many entries, the last ones.
    case count(Int64)
    /// No entry before this id.
    case id(StreamID)
}

extension EntryStream {
    /// Removes entries from the front until `bound` holds. `wholeNodes` leaves a node that would not go whole, with all
    /// behind it. `limit` is the most entries that are removed in whole nodes, 0 for any number. Returns how many were.
    /// A step for each node that goes, and a walk in the last.
    package mutating func trim(to bound: StreamBound, wholeNodes: Bool, limit: Int64) -> Int {
        var removed = 0
        while tree.leafCount > 0 {
            let path = tree.firstPath
            let node = StreamNode(bits: path.leaf)
            let excess: Int
            switch bound {
            case .count(let most):
                guard Int64(count) > most else { return removed }
                excess = Int(Int64(count) - most)
            case .id: excess = .max
            }
            if limit > 0 && Int64(removed + node.count) > limit { return removed }
            let goesWhole: Bool
            switch bound {
            case .count: goesWhole = node.count <= excess
            case .id(let least): goesWhole = node.lastID < least
            }
            if goesWhole {
                removed += node.count
                remove(node.entriesOffset..<node.byteCount, count: node.count, at: path)
                continue
            }
            return wholeNodes ? removed : removed + trimNode(path, bound, atMost: excess)
        }
        return removed
    }

    /// Removes entries from the front of the path's node.
    private mutating func trimNode(_ path: TreePath, _ bound: StreamBound, atMost excess: Int) -> Int {
        let node = StreamNode(bits: path.leaf)
        let block = node.block
        let reader = node.reader(of: block)
        var offset = reader.firstOffset
        var removed = 0
        while offset < reader.endOffset && removed < excess {
            let entry = reader.entry(at: offset)
            if case .id(let least) = bound, entry.id >= least { break }
            offset = reader.offset(after: entry)
            removed += 1
        }
        let range = reader.firstOffset..<offset
        if removed > 0 { remove(range, count: removed, at: path) }
        return removed
    }
}

import SnugMemory
import Testing

@testable import SnugEngine

extension EntryStream {
    /// Holds the stream against its invariants: ids, nodes, the tree, groups, and the account of bytes.
    func audit(_ place: SourceLocation = #_sourceLocation) {
        let leaves = CountedTreeAudit(tree).leaves
        var last: StreamID?
        var nodeBytes = 0
        for leaf in leaves {
            let node = StreamNode(bits: leaf.word)
            nodeBytes += node.block.allocatedByteCount
            #expect(node.allocatedByteCount == node.block.allocatedByteCount, sourceLocation: place)
            #expect(node.byteCount <= node.allocatedByteCount && node.count > 0, sourceLocation: place)
            if tree.height > 0 { #expect(leaf.key == node.firstID.milliseconds, sourceLocation: place) }
            let reader = node.reader(of: node.block)
            var offset = reader.firstOffset
            var count = 0
            while offset < reader.endOffset {
                let entry = reader.entry(at: offset)
                if let last { #expect(entry.id > last, sourceLocation: place) }
                last = entry.id
                #expect(entry.id >= node.firstID && entry.id <= node.lastID, sourceLocation: place)
                count += 1
                offset = reader.offset(after: entry)
            }
            #expect(offset == reader.endOffset, sourceLocation: place)
            #expect(count == node.count && count == leaf.count, sourceLocation: place)
        }
        #expect(last.map { $0 <= lastID } ?? true, sourceLocation: place)
        #expect(lastEntryID == last, sourceLocation: place)
        var groupBytes = 0
        for index in 0..<groupCount {
            let group = group(at: index)
            group.value.audit(place)
            groupBytes += group.value.allocatedByteCount
        }
        #expect(groupBytes == groupByteCount, sourceLocation: place)
        #expect(nodeBytes == nodeByteCount, sourceLocation: place)
    }
}

extension ConsumerGroup {
    func audit(_ place: SourceLocation) {
        pending.audit(place)
        var counts: [Int: Int] = [:]
        pending.forEach(from: .zero) { entry in
            counts[entry.consumer, default: 0] += 1
            return true
        }
        var names: [[UInt8]] = []
        for index in 0..<consumers.count {
            let consumer = consumers[index]
            #expect(consumer.pendingCount == counts[consumer.number] ?? 0, sourceLocation: place)
            counts[consumer.number] = nil
            names.append(consumer.name(of: self).makeArray())
        }
        #expect(counts.isEmpty, sourceLocation: place)
        #expect(names == names.sorted { $0.lexicographicallyPrecedes($1) }, sourceLocation: place)
        #expect(Set(names).count == names.count, sourceLocation: place)
    }
}

extension PendingList {
    func audit(_ place: SourceLocation = #_sourceLocation) {
        let leaves = CountedTreeAudit(tree).leaves
        var bytes = 0
        var last: StreamID?
        for child in leaves {
            let leaf = PendingLeaf(bits: child.word)
            bytes += leaf.block.allocatedByteCount
            #expect(leaf.count == child.count && leaf.count > 0, sourceLocation: place)
            #expect(leaf.byteCount <= leaf.block.allocatedByteCount, sourceLocation: place)
            if tree.height > 0 { #expect(child.key == leaf.id(at: 0).milliseconds, sourceLocation: place) }
            for index in 0..<leaf.count {
                let id = leaf.id(at: index)
                if let last { #expect(id > last, sourceLocation: place) }
                last = id
            }
        }
        #expect(bytes + tree.allocatedByteCount == allocatedByteCount, sourceLocation: place)
    }
}

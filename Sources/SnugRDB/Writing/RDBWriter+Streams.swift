package import SnugEngine
package import SnugMemory

/// Writes streams as Redis 7.0 does (`StreamReading` draws them): the nodes are those of the stream, without what has
/// been deleted from them.
extension RDBWriter {
    package func write(_ stream: borrowing EntryStream, to bytes: inout GrowableBytes) -> RDBType {
        bytes.append(RDBType.streamWithIdentifiers.rawValue)
        writeNodes(of: stream, to: &bytes)
        bytes.append(rdbLength: stream.count)
        bytes.append(stream.lastID)
        bytes.append(stream.firstEntryID ?? .zero)
        bytes.append(stream.deletedIDMax)
        bytes.append(rdbNumber: UInt64(bitPattern: stream.addedCount))
        bytes.append(rdbLength: stream.groupCount)
        for index in 0..<stream.groupCount { write(stream.group(at: index), to: &bytes) }
        return .streamWithIdentifiers
    }

    // MARK: Nodes

    private func writeNodes(of stream: borrowing EntryStream, to bytes: inout GrowableBytes) {
        bytes.append(rdbLength: stream.nodeCount)
        var node: NodeWriting?
        stream.forEachOfNodes { entry, countOfNode in
            if let countOfNode {
                node?.finish(&bytes)
                node = NodeWriting(countOfNode, from: entry, to: &bytes)
            }
            node?.append(entry, to: &bytes)
        }
        node?.finish(&bytes)
    }

    // MARK: Groups

    private func write(_ group: Box<ConsumerGroup>, to bytes: inout GrowableBytes) {
        bytes.append(rdbString: .bytes(group.value.name))
        bytes.append(group.value.lastID)
        bytes.append(rdbNumber: group.value.readCount.map { UInt64(bitPattern: $0) } ?? .max)
        bytes.append(rdbLength: group.value.pending.count)
        var owned: [Int: [StreamID]] = [:]
        group.value.pending.forEach(from: .zero) { entry in
            bytes.append(bytesOf: entry.id)
            bytes.append(bytesOf: entry.deliveryTime.littleEndian)
            bytes.append(rdbNumber: entry.deliveryCount)
            owned[entry.consumer, default: []].append(entry.id)
            return true
        }
        let consumerCount = group.value.consumers.count
        bytes.append(rdbLength: consumerCount)
        for index in 0..<consumerCount {
            let consumer = group.value.consumers[index]
            bytes.append(rdbString: .bytes(consumer.name(of: group)))
            bytes.append(bytesOf: consumer.seenTime.littleEndian)
            let ids = owned[consumer.number] ?? []
            bytes.append(rdbLength: ids.count)
            for id in ids { bytes.append(bytesOf: id) }
        }
    }
}

/// A node that is being written.
private struct NodeWriting {
    private let start: Int
    private let first: StreamID
    /// Whether the fields that stand at the front are those of the stream's node.
    private let hasNodeFields: Bool
    private var listpack: ListpackWriter
    private var isFirst = true

    /// Begins a node of `count` entries with the fields of the first.
    init(_ count: Int, from entry: StreamEntry, to bytes: inout GrowableBytes) {
        first = entry.id
        hasNodeFields = !entry.hasOwnFields
        bytes.append(rdbLength: 16)
        bytes.append(bytesOf: entry.id)
        start = bytes.count
        listpack = ListpackWriter(&bytes)
        listpack.append(.integer(Int64(count)), to: &bytes)
        listpack.append(.integer(0), to: &bytes)
        listpack.append(.integer(Int64(entry.pairCount)), to: &bytes)
        var fields = listpack
        entry.forEachPair { field, _ in fields.append(field, to: &bytes) }
        fields.append(.integer(0), to: &bytes)
        listpack = fields
    }

    mutating func append(_ entry: StreamEntry, to bytes: inout GrowableBytes) {
        let sharesFields = isFirst || hasNodeFields && !entry.hasOwnFields
        isFirst = false
        var listpack = listpack
        listpack.append(.integer(sharesFields ? 2 : 0), to: &bytes)
        listpack.append(.integer(Int64(bitPattern: entry.id.milliseconds &- first.milliseconds)), to: &bytes)
        listpack.append(.integer(Int64(bitPattern: entry.id.sequence &- first.sequence)), to: &bytes)
        if !sharesFields { listpack.append(.integer(Int64(entry.pairCount)), to: &bytes) }
        entry.forEachPair { field, value in
            if !sharesFields { listpack.append(field, to: &bytes) }
            listpack.append(value, to: &bytes)
        }
        let elementCount = sharesFields ? entry.pairCount + 3 : entry.pairCount * 2 + 4
        listpack.append(.integer(Int64(elementCount)), to: &bytes)
        self.listpack = listpack
    }

    func finish(_ bytes: inout GrowableBytes) {
        // A node's listpack is within the bounds of one, as its entries are.
        _ = listpack.finish(&bytes, byteCountMax: Int(UInt32.max))
        bytes.insertRDBLength(at: start)
    }
}

extension GrowableBytes {
    /// Appends an id as two lengths.
    fileprivate mutating func append(_ id: StreamID) {
        append(rdbNumber: id.milliseconds)
        append(rdbNumber: id.sequence)
    }

    /// Appends an id as 16 bytes.
    fileprivate mutating func append(bytesOf id: StreamID) {
        append(bytesOf: id.milliseconds.bigEndian)
        append(bytesOf: id.sequence.bigEndian)
    }
}

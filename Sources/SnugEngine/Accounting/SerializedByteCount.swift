internal import SnugMemory

/// How long values are in the format of RDB files, which OBJECT of DEBUG tells.
extension Partition {
    /// Bytes of the key's value as an RDB file holds it without compression, nil when the key is not there. A step per
    /// field of a hash, element of a small list, member of a set, or node of a stream.
    package mutating func serializedByteCount(of key: RawSpan) -> Int? {
        guard let cell = lookup(key, .peek)?.cell else { return nil }
        switch cell.valueType {
        case .hash: return serializedByteCount(of: HashView(cell, in: vocabulary, of: self), cell.encoding)
        case .set: return serializedByteCount(of: SetSource(cell), cell.encoding)
        case .list: return serializedByteCount(of: ListSource(cell))
        case .sortedSet: return serializedByteCount(of: OpenSortedSet(cell, vocabulary, limits), cell.encoding)
        case .stream: return serializedByteCount(of: cell.reference.stream)
        default: return serializedByteCount(of: cell.string(in: vocabulary, of: self))
        }
    }

    private func serializedByteCount(of hash: borrowing HashView, _ encoding: Encoding) -> Int {
        var sum = 0
        if encoding == .listpack {
            hash.forEach { sum += ListpackElements($0, $1).byteCount }
            return prefixedByteCount(ListpackLayout.emptyByteCount + sum)
        }
        sum = prefixByteCount(hash.count)
        hash.forEach { sum += prefixedByteCount($0.byteCount) + serializedByteCount(of: $1) }
        return sum
    }

    private func serializedByteCount(of set: SetSource, _ encoding: Encoding) -> Int {
        var sum = 0
        switch encoding {
        case .integerSet:
            // All members are as wide as the widest, which has two, four or eight bytes.
            var width = 2
            set.forEach { member in
                guard case .integer(let integer) = copy member, Int16(exactly: integer) == nil else { return }
                width = max(width, Int32(exactly: integer) == nil ? 8 : 4)
            }
            return prefixedByteCount(8 + width * set.count)
        case .listpack:
            set.forEach { sum += ListpackElements($0).byteCount }
            return prefixedByteCount(ListpackLayout.emptyByteCount + sum)
        default:
            sum = prefixByteCount(set.count)
            set.forEach { sum += serializedByteCount(of: $0) }
            return sum
        }
    }

    /// A listpack is one node. Before each node stands what kind it is of.
    private func serializedByteCount(of list: ListSource) -> Int {
        guard case .table(let table) = list.form else {
            return 2 + prefixedByteCount(list.listpackByteCount)
        }
        var sum = prefixByteCount(table.value.sequence.nodeCount)
        table.value.sequence.forEachNode { bytes, _ in sum += 1 + prefixedByteCount(bytes.byteCount) }
        return sum
    }

    private func serializedByteCount(of set: borrowing OpenSortedSet, _ encoding: Encoding) -> Int {
        var sum = 0
        let isListpack = encoding == .listpack
        set.forEach(ranks: 0..<set.count) { member, score in
            let value = StringValue(reading: member)
            // A table has eight bytes for each score, a listpack its text.
            sum += isListpack ? ListpackElements(value).byteCount : serializedByteCount(of: value) + 8
            guard isListpack else { return }
            if let integer = Int64(exactly: score) {
                sum += ListpackElements(.integer(integer)).byteCount
            } else {
                sum += ListpackLayout.elementByteCount(ofEncoding: 1 + "\(score)".utf8.count)
            }
        }
        return isListpack ? prefixedByteCount(ListpackLayout.emptyByteCount + sum) : prefixByteCount(set.count) + sum
    }

    /// Nodes as listpacks, what is known of ids, and groups, with the times of consumers that came with Redis 7.2.
    private func serializedByteCount(of stream: Box<EntryStream>) -> Int {
        var sum = prefixByteCount(stream.value.nodeCount)
        stream.value.forEachNode { sum += 1 + 16 + prefixedByteCount($0.listpackByteCount) }
        sum += prefixByteCount(stream.value.count) + serializedByteCount(of: stream.value.lastID)
        sum += serializedByteCount(of: stream.value.firstEntryID ?? .zero)
        sum += serializedByteCount(of: stream.value.deletedIDMax) + prefixByteCount(Int(stream.value.addedCount))
        sum += prefixByteCount(stream.value.groupCount)
        for index in 0..<stream.value.groupCount {
            let group = stream.value.group(at: index)
            sum += serializedByteCount(of: StringValue(reading: group.value.name))
            sum += serializedByteCount(of: group.value.lastID)
            sum += group.value.readCount.map { prefixByteCount(Int($0)) } ?? 9
            sum += prefixByteCount(group.value.pending.count) + prefixByteCount(group.value.consumers.count)
            group.value.pending.forEach(from: .zero) { entry in
                // The id and the time, and the id again with its consumer.
                sum += 16 + 8 + prefixByteCount(Int(clamping: entry.deliveryCount)) + 16
                return true
            }
            for number in 0..<group.value.consumers.count {
                let consumer = group.value.consumers[number]
                sum += serializedByteCount(of: StringValue(reading: consumer.name(of: group)))
                sum += 8 + 8 + prefixByteCount(consumer.pendingCount)
            }
        }
        return sum
    }

    private func serializedByteCount(of id: StreamID) -> Int {
        prefixByteCount(Int(clamping: id.milliseconds)) + prefixByteCount(Int(clamping: id.sequence))
    }

    /// A string of digits that is an integer of up to 32 bits is written as that integer behind one byte.
    private func serializedByteCount(of value: borrowing StringValue) -> Int {
        let integer: Int64? =
            switch copy value {
            case .integer(let integer): integer
            case .bytes(let bytes): bytes.byteCount <= 11 ? bytes.canonicalInteger : nil
            }
        guard let integer else { return prefixedByteCount(value.byteCount) }
        if Int8(exactly: integer) != nil { return 2 }
        if Int16(exactly: integer) != nil { return 3 }
        if Int32(exactly: integer) != nil { return 5 }
        return prefixedByteCount(value.byteCount)
    }

    private func prefixedByteCount(_ byteCount: Int) -> Int { prefixByteCount(byteCount) + byteCount }

    /// Bytes of a length.
    private func prefixByteCount(_ length: Int) -> Int {
        if length < 1 << 6 { return 1 }
        if length < 1 << 14 { return 2 }
        return length < 1 << 32 ? 5 : 9
    }
}

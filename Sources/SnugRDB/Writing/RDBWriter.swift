package import SnugEngine
package import SnugMemory

/// Writes values, each behind the byte of its type, as `redis-server` 7.0 writes them of the same encoding. Strings are
/// not compressed. A set that is called listpack is written as a plain one, because 7.0 has no such sets; hashes with
/// fields that expire in the form of 7.4, before which there are none.
///
/// Costs are linear in what the value holds. Each call appends one value, so a writer of a file may pass the buffer on
/// between values.
package struct RDBWriter {
    /// What would be a larger listpack is written as a table, since no reader takes one of four gigabytes.
    package var listpackByteCountMax = 1 << 30

    package init() {}

    package func write(_ value: StringValue, to bytes: inout GrowableBytes) -> RDBType {
        begin(.string, &bytes)
        bytes.append(rdbString: value)
        return .string
    }

    // MARK: Hashes

    package func write(_ hash: borrowing HashView, to bytes: inout GrowableBytes) -> RDBType {
        let earliest = hash.earliestExpiry
        if hash.encoding != .hashTable, let type = writeListpack(hash, expiringFrom: earliest, to: &bytes) {
            return type
        }
        if let earliest { return writeTable(hash, expiringFrom: earliest, to: &bytes) }
        begin(.hash, &bytes)
        bytes.append(rdbLength: hash.count)
        hash.forEach { field, value in
            bytes.append(rdbString: field)
            bytes.append(rdbString: value)
        }
        return .hash
    }

    private func writeTable(
        _ hash: borrowing HashView, expiringFrom earliest: Int64, to bytes: inout GrowableBytes
    ) -> RDBType {
        begin(.hashWithExpiry, &bytes)
        bytes.append(bytesOf: earliest.littleEndian)
        bytes.append(rdbLength: hash.count)
        hash.forEachWithExpiry { field, value, expiry in
            bytes.append(rdbLength: expiry.map { Int($0 - earliest) + 1 } ?? 0)
            bytes.append(rdbString: field)
            bytes.append(rdbString: value)
        }
        return .hashWithExpiry
    }

    /// Nil, and nothing written, when there would be too many bytes.
    private func writeListpack(
        _ hash: borrowing HashView, expiringFrom earliest: Int64?, to bytes: inout GrowableBytes
    ) -> RDBType? {
        let type: RDBType = earliest == nil ? .hashListpack : .hashListpackWithExpiry
        begin(type, &bytes)
        if let earliest { bytes.append(bytesOf: earliest.littleEndian) }
        return finish(type, &bytes) { listpack, bytes in
            hash.forEachWithExpiry { field, value, expiry in
                listpack.append(field, to: &bytes)
                listpack.append(value, to: &bytes)
                if earliest != nil { listpack.append(.integer(expiry ?? 0), to: &bytes) }
            }
        }
    }

    // MARK: Sets

    package func write(_ set: SetSource, to bytes: inout GrowableBytes) -> RDBType {
        guard set.isIntegerSet else {
            begin(.set, &bytes)
            bytes.append(rdbLength: set.count)
            set.forEach { bytes.append(rdbString: $0) }
            return .set
        }
        begin(.setIntegers, &bytes)
        // All members are as wide as the widest.
        var width = 2
        set.forEach { member in
            guard case .integer(let integer) = copy member, Int16(exactly: integer) == nil else { return }
            width = max(width, Int32(exactly: integer) == nil ? 8 : 4)
        }
        bytes.append(rdbLength: 8 + width * set.count)
        bytes.append(low: 4, of: UInt64(width))
        bytes.append(low: 4, of: UInt64(set.count))
        set.forEach { member in
            guard case .integer(let integer) = copy member else { return }
            bytes.append(low: width, of: UInt64(bitPattern: integer))
        }
        return .setIntegers
    }

    // MARK: Lists

    /// A list in nodes, or as one. An element that has a node of its own is written as a listpack of one, as Redis
    /// has it, unless it is too large for that.
    package func write(_ list: ListSource, to bytes: inout GrowableBytes) -> RDBType {
        begin(.listOfListpacks, &bytes)
        guard let nodeCount = list.nodeCount else {
            bytes.append(rdbLength: 1)
            appendNode(&bytes) { listpack, bytes in list.forEach(0..<list.count) { listpack.append($0, to: &bytes) } }
            return .listOfListpacks
        }
        bytes.append(rdbLength: nodeCount)
        list.forEachNode { node, isPlain in
            if !isPlain {
                bytes.append(rdbLength: RDBLayout.packedNode)
                bytes.append(rdbLength: node.byteCount)
                bytes.append(node)
            } else if node.byteCount < listpackByteCountMax {
                appendNode(&bytes) { listpack, bytes in listpack.append(.bytes(node), to: &bytes) }
            } else {
                bytes.append(rdbLength: RDBLayout.plainNode)
                bytes.append(rdbString: .bytes(node))
            }
        }
        return .listOfListpacks
    }

    /// Appends a node with the elements that `fill` appends to it, which must be within the bounds of a listpack.
    private func appendNode(
        _ bytes: inout GrowableBytes, _ fill: (inout ListpackWriter, inout GrowableBytes) -> Void
    ) {
        bytes.append(rdbLength: RDBLayout.packedNode)
        let start = bytes.count
        var listpack = ListpackWriter(&bytes)
        fill(&listpack, &bytes)
        let isListpack = listpack.finish(&bytes, byteCountMax: Int(UInt32.max))
        precondition(isListpack, "a node beyond its format")
        bytes.insertRDBLength(at: start)
    }

    // MARK: Sorted sets

    package func write(_ set: borrowing OpenSortedSet, to bytes: inout GrowableBytes) -> RDBType {
        if set.isListpack, let type = writeListpack(set, to: &bytes) { return type }
        begin(.sortedSetBinary, &bytes)
        bytes.append(rdbLength: set.count)
        // The last first, so that Redis, when it reads them, finds the place of each at the front.
        set.forEach(ranks: 0..<set.count, reversed: true) { member, score in
            bytes.append(rdbString: .bytes(member))
            bytes.append(bytesOf: score.bitPattern.littleEndian)
        }
        return .sortedSetBinary
    }

    private func writeListpack(_ set: borrowing OpenSortedSet, to bytes: inout GrowableBytes) -> RDBType? {
        begin(.sortedSetListpack, &bytes)
        return finish(.sortedSetListpack, &bytes) { listpack, bytes in
            set.forEach(ranks: 0..<set.count) { member, score in
                listpack.append(.bytes(member), to: &bytes)
                if let integer = Int64(exactly: score) {
                    listpack.append(.integer(integer), to: &bytes)
                } else {
                    let text = Array("\(score)".utf8)
                    listpack.append(.bytes(text.rawBytes), to: &bytes)
                }
            }
        }
    }

    // MARK: Parts

    private func begin(_ type: RDBType, _ bytes: inout GrowableBytes) { bytes.append(type.rawValue) }

    /// Appends the listpack of what `fill` appends to it, behind the head of a value of a type. Nil, and the head taken
    /// back, when there are too many bytes.
    private func finish(
        _ type: RDBType, _ bytes: inout GrowableBytes,
        _ fill: (inout ListpackWriter, inout GrowableBytes) -> Void
    ) -> RDBType? {
        let start = bytes.count
        var listpack = ListpackWriter(&bytes)
        fill(&listpack, &bytes)
        guard listpack.finish(&bytes, byteCountMax: listpackByteCountMax) else {
            bytes.truncate(to: start - (type == .hashListpackWithExpiry ? 9 : 1))
            return nil
        }
        bytes.insertRDBLength(at: start)
        return type
    }
}

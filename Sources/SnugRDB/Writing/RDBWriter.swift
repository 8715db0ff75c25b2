package import SnugEngine
package import SnugMemory

/// Writes values, each behind the byte of its type, as `redis-server` 7.0 writes them of the same encoding. Strings are
/// not compressed. A set that is called listpack is written as a plain one, because 7.0 has no such sets; hashes with
/// fields that expire in the form of 7.4, before which there are none.
///
/// Costs are linear in what the value holds. Each call appends one value, so a writer of a file may pass the buffer on
/// between values.
package enum RDBWriter {
    package static func write(_ value: StringValue, to bytes: inout GrowableBytes) -> RDBType {
        begin(.string, &bytes)
        bytes.append(rdbString: value)
        return .string
    }

    // MARK: Hashes

    package static func write(_ hash: borrowing HashView, to bytes: inout GrowableBytes) -> RDBType {
        let isTable = hash.encoding == .hashTable
        if let earliest = hash.earliestExpiry {
            return isTable
                ? writeTable(hash, expiringFrom: earliest, to: &bytes)
                : writeListpack(hash, expiringFrom: earliest, to: &bytes)
        }
        if isTable {
            begin(.hash, &bytes)
            bytes.append(rdbLength: hash.count)
            hash.forEach { field, value in
                bytes.append(rdbString: field)
                bytes.append(rdbString: value)
            }
            return .hash
        }
        begin(.hashListpack, &bytes)
        let start = bytes.count
        var listpack = ListpackWriter(&bytes)
        hash.forEach { field, value in
            listpack.append(field, to: &bytes)
            listpack.append(value, to: &bytes)
        }
        listpack.finish(&bytes)
        bytes.insertRDBLength(at: start)
        return .hashListpack
    }

    private static func writeTable(
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

    private static func writeListpack(
        _ hash: borrowing HashView, expiringFrom earliest: Int64, to bytes: inout GrowableBytes
    ) -> RDBType {
        begin(.hashListpackWithExpiry, &bytes)
        bytes.append(bytesOf: earliest.littleEndian)
        let start = bytes.count
        var listpack = ListpackWriter(&bytes)
        hash.forEachWithExpiry { field, value, expiry in
            listpack.append(field, to: &bytes)
            listpack.append(value, to: &bytes)
            listpack.append(.integer(expiry ?? 0), to: &bytes)
        }
        listpack.finish(&bytes)
        bytes.insertRDBLength(at: start)
        return .hashListpackWithExpiry
    }

    // MARK: Sets

    package static func write(_ set: SetSource, to bytes: inout GrowableBytes) -> RDBType {
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

    // MARK: Sorted sets

    package static func write(_ set: borrowing OpenSortedSet, to bytes: inout GrowableBytes) -> RDBType {
        guard set.isListpack else {
            begin(.sortedSetBinary, &bytes)
            bytes.append(rdbLength: set.count)
            // The last first, so that Redis, when it reads them, finds the place of each at the front.
            set.forEach(ranks: 0..<set.count, reversed: true) { member, score in
                bytes.append(rdbString: .bytes(member))
                bytes.append(bytesOf: score.bitPattern.littleEndian)
            }
            return .sortedSetBinary
        }
        begin(.sortedSetListpack, &bytes)
        let start = bytes.count
        var listpack = ListpackWriter(&bytes)
        set.forEach(ranks: 0..<set.count) { member, score in
            listpack.append(.bytes(member), to: &bytes)
            if let integer = Int64(exactly: score) {
                listpack.append(.integer(integer), to: &bytes)
            } else {
                let text = Array("\(score)".utf8)
                listpack.append(.bytes(text.rawBytes), to: &bytes)
            }
        }
        listpack.finish(&bytes)
        bytes.insertRDBLength(at: start)
        return .sortedSetListpack
    }

    private static func begin(_ type: RDBType, _ bytes: inout GrowableBytes) { bytes.append(type.rawValue) }
}

internal import SnugMemory

/// 192 bits that depend on content alone: equal for equal keys and values, whatever the order in which they came to be
/// and however they are kept. For tests and comparisons; whoever wants two contents of one digest can make them.
///
/// Three lanes of SipHash under fixed keys. What has an order is chained: each part is hashed under the digest so far.
/// What has none is added up.
package struct ContentDigest: Sendable, Equatable {
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0

    /// The digest of nothing.
    package init() {}

    /// Goes on with `bytes`.
    mutating func append(_ bytes: RawSpan) {
        // The second words are digits of pi: any three that differ would do.
        first = KeyedHash(key0: first, key1: 0x243f_6a88_85a3_08d3).hash(bytes)
        second = KeyedHash(key0: second, key1: 0x1319_8a2e_0370_7344).hash(bytes)
        third = KeyedHash(key0: third, key1: 0xa409_3822_299f_31d0).hash(bytes)
    }

    mutating func append(_ value: borrowing StringValue) {
        // The byte count, so that where one part ends and the next begins makes a difference.
        append(UInt64(value.byteCount))
        value.withBytes { append($0) }
    }

    mutating func append(_ number: UInt64) {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        append(bytes.rawBytes)
    }

    /// Goes on with another digest.
    mutating func append(_ other: ContentDigest) {
        append(other.first)
        append(other.second)
        append(other.third)
    }

    /// Adds one of several parts that have no order.
    mutating func add(_ part: ContentDigest) {
        first &+= part.first
        second &+= part.second
        third &+= part.third
    }

    /// 40 hexadecimal digits: 160 of the bits. All zeros for nothing.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef")
        let lanes = [first, second, third]
        return String((0..<40).map { digits[Int(lanes[$0 / 16] >> UInt64($0 % 16 * 4) & 15)] } as [Character])
    }
}

extension Partition {
    /// The digest of all databases: of each key its database, its bytes, its value and whether it has an expiry. Keys
    /// past their time do not count. Costs a look at every byte.
    package func digest() -> ContentDigest {
        var sum = ContentDigest()
        for index in 0..<databaseCount {
            databases[index].value.entries.forEach { entry in
                guard !isExpired(entry) else { return }
                var part = ContentDigest()
                part.append(UInt64(index))
                part.append(UInt64(entry.keyByteCount))
                part.append(entry.key(of: entry.block))
                part.append(entry.valueDigest)
                if entry.hasExpiry { part.append(1) }
                sum.add(part)
            }
        }
        return sum
    }

    /// The digest of a key's value, of nothing when the key is not there. Leaves no trace on the key.
    package mutating func digest(ofValueUnder key: RawSpan) -> ContentDigest {
        lookup(key, .peek)?.valueDigest ?? ContentDigest()
    }
}

extension Entry {
    fileprivate var valueDigest: ContentDigest {
        var digest = ContentDigest()
        digest.append(UInt64(kind.valueType.rawValue) + 1)
        switch kind.valueType {
        case .hash: digest.append(Self.fieldDigest(HashView(self, of: block)))
        default:
            let value = string(of: block)
            digest.append(value)
        }
        return digest
    }

    private static func fieldDigest(_ hash: borrowing HashView) -> ContentDigest {
        var fields = ContentDigest()
        hash.forEach { field, value in
            var part = ContentDigest()
            part.append(field)
            part.append(value)
            fields.add(part)
        }
        return fields
    }
}

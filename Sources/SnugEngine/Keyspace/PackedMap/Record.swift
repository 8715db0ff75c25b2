internal import SnugMemory

/// One record that a walk has met, with the key that belongs to it. Valid until the map changes.
package struct Record: BitwiseCopyable {
    let location: PackedMap.Location
    private let vocabulary: Box<Vocabulary>

    init(_ location: PackedMap.Location, in vocabulary: Box<Vocabulary>) {
        self.location = location
        self.vocabulary = vocabulary
    }

    /// Calls `body` with the key. It is written into a buffer that the next record uses again.
    package func withKey<Result: ~Copyable, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        vocabulary.value.keyText.truncate(to: 0)
        location.head?.appendKey(
            index: location.index, in: vocabulary.value, to: &vocabulary.value.keyText)
        return try body(vocabulary.value.keyText.bytes)
    }

    package var expiry: Int64? { location.expiry }

    package var valueType: ValueType { location.cell.valueType }

    package var encoding: Encoding { location.cell.encoding }

    /// A string's value; the type must be `string`. A packed one is written into a buffer that the next uses again.
    @_lifetime(borrow owner)
    func string<Owner: ~Copyable & ~Escapable>(of owner: borrowing Owner) -> StringValue {
        location.cell.string(in: vocabulary, of: owner)
    }
}

extension Cell {
    var valueType: ValueType {
        switch kind {
        case .integer, .bytes, .rawBytes, .packed, .packedShort: .string
        case .compact: compactType.valueType
        case .reference:
            switch reference.kind {
            case .bytes, .rawBytes: .string
            case .table: .hash
            case .compact: compactType.valueType
            case .memberTable: .set
            case .sortedSetTable: .sortedSet
            }
        }
    }

    /// The longest string that Redis keeps in one allocation with its object, in bytes.
    private static let embeddedByteCountMax = 44

    /// What OBJECT ENCODING says.
    var encoding: Encoding {
        switch kind {
        case .integer: .integer
        case .bytes, .packed, .packedShort:
            stringByteCount <= Self.embeddedByteCountMax ? .embeddedString : .rawString
        case .rawBytes: .rawString
        case .compact: compactEncoding
        case .reference:
            switch reference.kind {
            case .bytes, .rawBytes: .rawString
            case .compact: compactEncoding
            case .table: reference.table.value.encoding
            case .memberTable: reference.memberTable.value.isIntegerSet ? .integerSet : .hashTable
            case .sortedSetTable: reference.sortedSetTable.value.isListpack ? .listpack : .skipList
            }
        }
    }

    private var compactEncoding: Encoding {
        let type = compactType
        guard type == .hash else { return type.encoding }
        let expires = CompactHashLayout.expiryByteCount(in: compactBytes(of: block), at: 0) > 0
        return expires ? .listpackWithExpiry : .listpack
    }

    /// How many bytes a string has when it is written out.
    var stringByteCount: Int {
        switch kind {
        case .integer: decimalByteCount(integer)
        case .bytes, .rawBytes: byteCount
        case .packed: SixBitText.characterCount(ofBytes: byteCount, isShort: false)
        case .packedShort: SixBitText.characterCount(ofBytes: byteCount, isShort: true)
        case .reference: reference.string.byteCount
        case .compact: preconditionFailure("a collection as a string")
        }
    }

    /// A string's value. A packed one is written into the vocabulary's buffer, where the next one will be.
    @inline(__always) @_lifetime(borrow owner)
    func string<Owner: ~Copyable & ~Escapable>(
        in vocabulary: Box<Vocabulary>, of owner: borrowing Owner
    ) -> StringValue {
        switch kind {
        case .integer: return .integer(integer)
        case .bytes, .rawBytes: return .bytes(block.bytes(at: offset, count: byteCount, of: owner))
        case .packed, .packedShort:
            vocabulary.value.valueText.truncate(to: 0)
            SixBitText.unpack(
                block.bytes(at: offset, count: byteCount, of: block), count: stringByteCount,
                into: &vocabulary.value.valueText)
            let text = vocabulary.value.valueText.bytes
            // SAFETY: the buffer lives as long as the partition, of which the owner is a part; it is written again by
            // the next reading of a packed value, which the caller knows.
            return .bytes(unsafe _overrideLifetime(text, borrowing: owner))
        case .reference: return .bytes(reference.string.bytes(of: owner))
        case .compact: preconditionFailure("a collection as a string")
        }
    }
}

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
        case .reference: reference.valueType
        }
    }

    /// What OBJECT ENCODING says.
    var encoding: Encoding { kind == .integer ? .integer : kind.encoding(of: bytes(of: block)) }

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

extension CellKind {
    /// The longest string that Redis keeps in one allocation with its object, in bytes.
    private static let embeddedByteCountMax = 44

    /// What OBJECT ENCODING says of a payload of this kind, and SNUG ENCODINGS counts. An integer's bytes are not read.
    @inline(__always)
    func encoding(of bytes: RawSpan) -> Encoding {
        switch self {
        case .integer: .integer
        case .bytes: Self.encoding(ofStringOf: bytes.byteCount)
        case .packed, .packedShort:
            Self.encoding(
                ofStringOf: SixBitText.characterCount(ofBytes: bytes.byteCount, isShort: self == .packedShort))
        case .rawBytes: .rawString
        case .compact: Self.encoding(ofCompact: bytes)
        case .reference: Reference(bytes).encoding
        }
    }

    private static func encoding(ofStringOf byteCount: Int) -> Encoding {
        byteCount <= embeddedByteCountMax ? .embeddedString : .rawString
    }

    fileprivate static func encoding(ofCompact bytes: RawSpan) -> Encoding {
        let type = CompactType(bytes)
        guard type == .hash else { return type.encoding }
        return CompactHashLayout.expiryByteCount(in: bytes, at: 0) > 0 ? .listpackWithExpiry : .listpack
    }
}

extension Reference {
    var valueType: ValueType {
        switch kind {
        case .bytes, .rawBytes: .string
        case .table: .hash
        case .compact: CompactType(string.bytes(of: block)).valueType
        case .memberTable: .set
        case .listTable: .list
        case .sortedSetTable: .sortedSet
        case .stream: .stream
        }
    }

    /// What OBJECT ENCODING says of the value.
    var encoding: Encoding {
        switch kind {
        case .bytes, .rawBytes: .rawString
        case .compact: CellKind.encoding(ofCompact: string.bytes(of: block))
        case .table: table.value.encoding
        case .memberTable: memberTable.value.isIntegerSet ? .integerSet : .hashTable
        case .listTable: listTable.value.isListpack ? .listpack : .quickList
        case .sortedSetTable: sortedSetTable.value.isListpack ? .listpack : .skipList
        case .stream: .stream
        }
    }
}

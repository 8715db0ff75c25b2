internal import SnugMemory

/// What a write does to a key's expiry.
package enum ExpiryChange {
    /// The key keeps what it has; a new key has none.
    case keep
    /// The key does not expire.
    case remove
    /// The key expires at a time in milliseconds since 1970.
    case set(Int64)

    /// What follows from what there was.
    func applied(to former: Int64?) -> Int64? {
        switch self {
        case .keep: former
        case .remove: nil
        case .set(let time): time
        }
    }
}

/// Strings: reading and storing whole values.
extension Partition {
    /// The string under `key`, or nil. Throws `wrongType`.
    @_lifetime(&self)
    package mutating func string(_ key: RawSpan, _ access: Access = .read) throws(EngineError) -> StringValue? {
        guard let cell = cell(under: key, access) else { return nil }
        guard cell.valueType == .string else { throw .wrongType }
        return cell.string(in: vocabulary, of: self)
    }

    /// The payload of the live record of `key`, or nil.
    @inline(__always)
    private mutating func cell(under key: RawSpan, _ access: Access) -> Cell? {
        if let location = glance(at: key, access) { return location.isPresent ? location.cell : nil }
        return lookup(key, access)?.cell
    }

    /// Where the string under `key` is, or nil. Throws `wrongType`.
    @inline(__always)
    mutating func stringLocation(_ key: RawSpan, _ access: Access) throws(EngineError) -> PackedMap.Location? {
        let location = locate(key, access)
        guard location.isPresent else { return nil }
        guard location.cell.valueType == .string else { throw .wrongType }
        return location
    }

    /// Stores `value` under `key`, whatever was there. Integers in canonical form are kept as integers.
    package mutating func setString(_ key: RawSpan, to value: RawSpan, expiry: ExpiryChange = .remove) {
        if let location = glance(at: key, .write) {
            let expiry = expiry.applied(to: location.expiry)
            StringForm.withPayload(of: StringValue(reading: value), vocabulary) {
                if !map.value.map.overwrite($0, expiry: expiry, access: nil, at: location) {
                    store($0, expiry: expiry, at: location)
                }
            }
        } else {
            let location = locate(key, .write)
            storeString(value, expiry: expiry.applied(to: location.expiry), at: location)
        }
        noteChange(of: key)
    }

    /// Stores `value` under `key` when the key is not there (`ifNew`) or only when it is. False when it is left alone.
    package mutating func setString(
        _ key: RawSpan, to value: RawSpan, expiry: ExpiryChange = .remove, ifNew: Bool
    ) -> Bool {
        let location = locate(key, .write)
        guard location.isPresent != ifNew else { return false }
        storeString(value, expiry: expiry.applied(to: location.expiry), at: location)
        noteChange(of: key)
        return true
    }

    /// Stores a string in the form that suits it. `value` must not lie in a pack.
    mutating func storeString(_ value: RawSpan, expiry: Int64?, at location: PackedMap.Location) {
        StringForm.withPayload(of: StringValue(reading: value), vocabulary) {
            store($0, expiry: expiry, at: location)
        }
    }

    /// Stores a string that a command has changed in place.
    mutating func storeRawString(_ value: RawSpan, expiry: Int64?, at location: PackedMap.Location) {
        if value.byteCount > StringForm.packedByteCountMax {
            storeReference(Reference(LongString.make(of: value), isRaw: true), expiry: expiry, at: location)
        } else {
            store(Payload(.rawBytes, value), expiry: expiry, at: location)
        }
    }

    /// Stores a value that lies outside of packs.
    mutating func storeReference(
        _ reference: Reference, expiry: Int64?, at location: PackedMap.Location, keepsFormer: Bool = false
    ) {
        let bytes = reference.bytes
        store(Payload(.reference, bytes.rawBytes), expiry: expiry, at: location, keepsFormer: keepsFormer)
    }
}

/// Where and how strings are kept.
enum StringForm {
    /// The longest string that lies in a pack, in bytes.
    static let packedByteCountMax = 254
    /// The shortest text that is kept in six bits a character.
    private static let sixBitCountMin = 4

    /// Calls `body` with the payload that suits a string, which must be an integer if its text is one's.
    @inline(__always)
    static func withPayload(
        of value: StringValue, _ vocabulary: Box<Vocabulary>, _ body: (borrowing Payload) -> Void
    ) {
        guard case .bytes(let text) = copy value else {
            if case .integer(let integer) = copy value { body(Payload(integer: integer)) }
            return
        }
        if text.byteCount > packedByteCountMax {
            let bytes = Reference(LongString.make(of: text), isRaw: false).bytes
            body(Payload(.reference, bytes.rawBytes))
        } else if let kind = pack(text, vocabulary) {
            body(Payload(kind, vocabulary.value.packedText.bytes))
        } else {
            body(Payload(.bytes, text))
        }
    }

    /// Packs text of 64 characters into the vocabulary's buffer; nil when it is not such text or too short to gain.
    @inline(__always)
    static func pack(_ value: RawSpan, _ vocabulary: Box<Vocabulary>) -> CellKind? {
        guard value.byteCount >= sixBitCountMin else { return nil }
        vocabulary.value.packedText.truncate(to: 0)
        guard SixBitText.pack(value, into: &vocabulary.value.packedText) else { return nil }
        return value.byteCount & 3 == 3 ? .packedShort : .packed
    }
}

extension Reference {
    /// The payload's bytes.
    var bytes: InlineArray<9, UInt8> {
        var bytes = InlineArray<9, UInt8>(repeating: 0)
        bytes[0] = kind.rawValue
        for index in 0..<8 { bytes[index + 1] = UInt8(truncatingIfNeeded: word >> UInt64(index * 8)) }
        return bytes
    }

    /// What a payload refers to, which must be a reference.
    init(of payload: borrowing Payload) {
        self.init(payload.bytes)
    }

    /// The reference that these are the bytes of.
    init(_ bytes: RawSpan) {
        guard let kind = Kind(rawValue: bytes[0]) else { preconditionFailure("a reference of no kind") }
        self.init(kind: kind, word: bytes.load(UInt64.self, at: 1))
    }
}

internal import SnugMemory

/// When a field of a hash expires.
package enum FieldExpiry: Sendable, Equatable {
    /// There is no such field.
    case noField
    /// The field does not expire.
    case never
    /// Milliseconds since 1970.
    case at(Int64)
}

extension Vocabulary {
    /// What times of fields in compact hashes are counted from, milliseconds since 1970: when the first of them was set.
    /// Those of the next 795 days take five bytes, others nine.
    var fieldTimeBase: Int64 { fieldTimeBaseIfSet ?? 0 }

    /// As `fieldTimeBase`, for a time that is about to be stored.
    mutating func fieldTimeBase(now: Int64) -> Int64 {
        let base = fieldTimeBaseIfSet ?? now
        fieldTimeBaseIfSet = base
        return base
    }
}

extension Cell {
    /// When the first field of the hash that this is expires, or a time before that; nil when none does, and when this
    /// is no hash. Constant time.
    @inline(__always)
    func firstFieldExpiry(in vocabulary: Box<Vocabulary>) -> Int64? {
        switch kind {
        case .compactHash:
            CompactHashReader(bytes(of: block)).firstExpiry(base: vocabulary.value.fieldTimeBase)
        case .reference: reference.firstFieldExpiry(in: vocabulary)
        default: nil
        }
    }
}

extension Payload {
    /// As `Cell.firstFieldExpiry`.
    @inline(__always)
    func firstFieldExpiry(in vocabulary: Box<Vocabulary>) -> Int64? {
        switch kind {
        case .compactHash: CompactHashReader(bytes).firstExpiry(base: vocabulary.value.fieldTimeBase)
        case .reference: Reference(of: self).firstFieldExpiry(in: vocabulary)
        default: nil
        }
    }
}

extension Reference {
    func firstFieldExpiry(in vocabulary: Box<Vocabulary>) -> Int64? {
        switch kind {
        case .bytes, .rawBytes, .listpack: nil
        case .compactHash:
            CompactHashReader(string.bytes(of: block)).firstExpiry(base: vocabulary.value.fieldTimeBase)
        case .table: table.value.firstExpiry
        }
    }
}

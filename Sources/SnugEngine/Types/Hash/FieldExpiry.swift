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

extension Cell {
    /// When the first field of the hash that this is expires, or a time before that; nil when none does, and when this
    /// is no hash. Constant time.
    @inline(__always)
    func firstFieldExpiry(in vocabulary: Box<Vocabulary>) -> Int64? {
        switch kind {
        case .compact:
            CompactHashReader(bytes(of: block)).firstExpiry(base: vocabulary.value.expiryBase)
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
        case .compact: CompactHashReader(bytes).firstExpiry(base: vocabulary.value.expiryBase)
        case .reference: Reference(of: self).firstFieldExpiry(in: vocabulary)
        default: nil
        }
    }
}

extension Reference {
    func firstFieldExpiry(in vocabulary: Box<Vocabulary>) -> Int64? {
        switch kind {
        case .bytes, .rawBytes, .memberTable, .listTable, .sortedSetTable, .stream: nil
        case .compact:
            CompactHashReader(string.bytes(of: block)).firstExpiry(base: vocabulary.value.expiryBase)
        case .table: table.value.firstExpiry
        }
    }
}

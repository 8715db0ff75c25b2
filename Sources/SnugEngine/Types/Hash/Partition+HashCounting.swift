internal import SnugMemory

/// Hashes: values that are numbers.
extension Partition {
    /// Adds `increment` to the integer in a field, 0 when it is not there, and returns the sum. Throws `wrongType`,
    /// `hashValueNotInteger` and `overflow`, and then changes nothing.
    package mutating func incrementHashValue(
        _ key: RawSpan, _ field: RawSpan, by increment: Int64
    ) throws(EngineError) -> Int64 {
        let existing = try hashEntry(key, .write)
        let current = try integer(in: field, of: existing)
        let (sum, overflow) = current.addingReportingOverflow(increment)
        if overflow { throw .overflow }
        let addition = HashAddition(field, valueByteCount: decimalByteCount(sum))
        let entry = openHash(key, existing: existing, for: addition)
        _ = setField(field, to: .integer(sum), in: entry)
        closeHash(key, entry, pairCount: 1)
        return sum
    }

    private func integer(in field: RawSpan, of entry: Entry?) throws(EngineError) -> Int64 {
        guard let entry, let value = entry.fieldValue(of: field, owner: self) else { return 0 }
        switch value {
        case .integer(let integer): return integer
        case .bytes(let bytes):
            guard let integer = bytes.canonicalInteger else { throw .hashValueNotInteger }
            return integer
        }
    }
}

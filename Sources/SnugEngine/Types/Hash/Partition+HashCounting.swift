package import SnugMemory

/// Hashes: values that are numbers.
extension Partition {
    /// Adds `increment` to the integer in a field, 0 when it is not there, and returns the sum. Throws `wrongType`,
    /// `hashValueNotInteger` and `overflow`, and then changes nothing.
    package mutating func incrementHashValue(
        _ key: RawSpan, _ field: RawSpan, by increment: Int64
    ) throws(EngineError) -> Int64 {
        let location = try hashPlace(key)
        let current = try integer(in: field, of: location)
        let (sum, overflow) = current.addingReportingOverflow(increment)
        if overflow { throw .overflow }
        let addition = HashAddition(field, valueByteCount: decimalByteCount(sum))
        var hash = openHash(at: location, for: addition)
        _ = setField(field, to: .integer(sum), keepsExpiry: true, in: &hash)
        closeHash(key, hash, changeCount: 1)
        return sum
    }

    /// Adds `increment` to the number in a field, 0 when it is not there; returns the text of the sum, which is also
    /// stored. Throws `wrongType`, `hashValueNotFloat`, and `notFinite` for the sum, and then changes nothing.
    package mutating func incrementHashValue(
        _ key: RawSpan, _ field: RawSpan, by increment: LongDouble
    ) throws(EngineError) -> GrowableBytes {
        let location = try hashPlace(key)
        let current = try number(in: field, of: location)
        guard let sum = current.adding(increment) else { throw .notFinite }
        var text = GrowableBytes()
        text.append(sum)
        var hash = openHash(at: location, for: HashAddition(field, text.bytes))
        _ = setField(field, to: text.bytes, keepsExpiry: true, in: &hash)
        closeHash(key, hash, changeCount: 1)
        return text
    }

    private func number(in field: RawSpan, of location: PackedMap.Location) throws(EngineError) -> LongDouble {
        guard location.isPresent, let value = fieldValue(of: field, in: location.cell) else { return .zero }
        guard let number = value.withBytes({ LongDouble($0) }) else { throw .hashValueNotFloat }
        return number
    }

    private func integer(in field: RawSpan, of location: PackedMap.Location) throws(EngineError) -> Int64 {
        guard location.isPresent, let value = fieldValue(of: field, in: location.cell) else { return 0 }
        switch value {
        case .integer(let integer): return integer
        case .bytes(let bytes):
            guard let integer = bytes.canonicalInteger else { throw .hashValueNotInteger }
            return integer
        }
    }
}

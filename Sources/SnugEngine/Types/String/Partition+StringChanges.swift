package import SnugMemory

/// Strings: changing a part of one, and numbers.
extension Partition {
    /// Puts `bytes` behind the string, which is made when it is not there. Returns the new byte count. Throws
    /// `wrongType`, and `stringTooLong` beyond the limit. Amortised cost: the bytes.
    package mutating func appendString(_ key: RawSpan, _ bytes: RawSpan) throws(EngineError) -> Int {
        let location = try stringPlace(key)
        guard location.isPresent else {
            storeString(bytes, expiry: nil, at: location)
            noteChange(of: key)
            return bytes.byteCount
        }
        let former = location.cell.stringByteCount
        let total = try checkedStringByteCount(former, plus: bytes.byteCount)
        writeString(bytes, at: former, total: total, location)
        noteChange(of: key)
        return total
    }

    /// Writes `bytes` over the string from `offset` (at least 0) on; a string that is shorter, or not there, is filled
    /// up with zeros. Returns the byte count afterwards. Nothing changes when there are no bytes. Throws `wrongType`,
    /// and `stringTooLong` beyond the limit.
    package mutating func setStringRange(
        _ key: RawSpan, at offset: Int, to bytes: RawSpan
    ) throws(EngineError) -> Int {
        let location = try stringPlace(key)
        let former = location.isPresent ? location.cell.stringByteCount : 0
        guard bytes.byteCount > 0 else { return former }
        let total = max(former, try checkedStringByteCount(offset, plus: bytes.byteCount))
        writeString(bytes, at: offset, total: total, location)
        noteChange(of: key)
        return total
    }

    /// Adds to the integer that the string holds, 0 when it is not there, and returns the sum. The key's expiry stays.
    /// Throws `wrongType`, `notInteger`, `overflow`.
    package mutating func increment(_ key: RawSpan, by amount: Int64) throws(EngineError) -> Int64 {
        let location = try stringPlace(key)
        let sum = location.isPresent ? try sum(of: location.cell, and: amount) : amount
        if location.body?.hasAccess != keepsAccess || !map.value.map.overwrite(Payload(integer: sum), at: location) {
            store(Payload(integer: sum), expiry: location.expiry, at: location)
        }
        noteChange(of: key)
        return sum
    }

    private func sum(of cell: Cell, and amount: Int64) throws(EngineError) -> Int64 {
        let (sum, overflow) = try integer(of: cell).addingReportingOverflow(amount)
        if overflow { throw .overflow }
        return sum
    }

    /// A number that a command has put together out of bytes is one too.
    @inline(__always)
    private func integer(of cell: Cell) throws(EngineError) -> Int64 {
        if cell.kind == .integer { return cell.integer }
        guard case .bytes(let bytes) = cell.string(in: vocabulary, of: self), let value = bytes.canonicalInteger
        else { throw .notInteger }
        return value
    }

    /// Adds to the number that the string holds, 0 when it is not there; returns the text of the sum, which is also
    /// stored. The key's expiry stays. Throws `wrongType`, `notFloat`, and `notFinite` for the sum.
    package mutating func increment(_ key: RawSpan, by amount: LongDouble) throws(EngineError) -> GrowableBytes {
        let location = try stringPlace(key)
        var text = GrowableBytes()
        if location.isPresent {
            let value = location.cell.string(in: vocabulary, of: self)
            guard let current = value.withBytes({ LongDouble($0) }) else { throw .notFloat }
            guard let sum = current.adding(amount) else { throw .notFinite }
            text.append(sum)
        } else {
            guard let sum = LongDouble.zero.adding(amount) else { throw .notFinite }
            text.append(sum)
        }
        // Redis keeps the text as it is, not as an integer.
        store(Payload(.bytes, text.bytes), expiry: location.expiry, at: location)
        noteChange(of: key)
        return text
    }

    /// Where the string under `key` is or would go. Throws `wrongType`.
    @inline(__always)
    mutating func stringPlace(_ key: RawSpan) throws(EngineError) -> PackedMap.Location {
        let location = locate(key, .write)
        if location.isPresent && location.cell.valueType != .string { throw .wrongType }
        return location
    }

    /// The sum of two byte counts, the second of what is to be added. Throws `stringTooLong` beyond the limit.
    private func checkedStringByteCount(_ first: Int, plus second: Int) throws(EngineError) -> Int {
        let (total, overflow) = first.addingReportingOverflow(second)
        guard !overflow && total <= limits.stringByteCountMax else { throw .stringTooLong }
        return total
    }

    /// Writes `bytes` over the string at `location`, or a new one, from `offset` on and makes it `total` bytes long.
    /// What there was not is filled up with zeros; a string that is longer stays so.
    mutating func writeString(_ bytes: RawSpan, at offset: Int, total: Int, _ location: PackedMap.Location) {
        let expiry = location.expiry
        if location.isPresent && location.cell.kind == .reference {
            writeLongString(bytes, at: offset, total: total, location)
            return
        }
        if total <= StringForm.packedByteCountMax {
            var text = GrowableBytes(capacity: total)
            if location.isPresent {
                location.cell.string(in: vocabulary, of: self).withBytes { text.append($0) }
            }
            let former = text.count
            text.append(repeating: 0, count: max(0, offset - former))
            let replaced = min(bytes.byteCount, text.count - offset)
            text.replace(at: offset, removing: replaced, with: bytes)
            storeRawString(text.bytes, expiry: expiry, at: location)
            return
        }
        var string = LongString.make(byteCount: location.isPresent ? location.cell.stringByteCount : 0)
        if location.isPresent {
            location.cell.string(in: vocabulary, of: self).withBytes { string.store($0, at: 0) }
        }
        string.grow(to: total, writtenFrom: offset)
        string.store(bytes, at: offset)
        storeReference(Reference(string, isRaw: true), expiry: expiry, at: location)
    }

    private mutating func writeLongString(
        _ bytes: RawSpan, at offset: Int, total: Int, _ location: PackedMap.Location
    ) {
        let reference = location.cell.reference
        let before = ValueFigures(reference, in: vocabulary)
        var string = reference.string
        if total > string.byteCount { string.grow(to: total, writtenFrom: offset) }
        string.store(bytes, at: offset)
        let changed = Reference(string, isRaw: true)
        location.cell.storeReference(changed)
        recount(changed, at: location, before: before)
    }
}

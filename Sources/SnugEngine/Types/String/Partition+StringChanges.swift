package import SnugMemory

/// Strings: changing a part of one, and numbers.
extension Partition {
    /// Puts `bytes` behind the string, which is made when it is not there. Returns the new byte count. Throws
    /// `wrongType`, and `stringTooLong` beyond the limit. Amortised cost: the bytes.
    package mutating func appendString(_ key: RawSpan, _ bytes: RawSpan) throws(EngineError) -> Int {
        guard let entry = try stringEntry(key, .write) else {
            setString(key, to: bytes, expiry: .keep)
            return bytes.byteCount
        }
        let former = entry.string(of: self).byteCount
        let total = try checkedStringByteCount(former, plus: bytes.byteCount)
        let resized = resizeString(entry, from: former, to: total)
        resized.block.store(bytes, at: resized.payloadOffset + former)
        noteChange(of: key)
        return total
    }

    /// Writes `bytes` over the string from `offset` (at least 0) on; a string that is shorter, or not there, is filled
    /// up with zeros. Returns the byte count afterwards. Nothing changes when there are no bytes. Throws `wrongType`,
    /// and `stringTooLong` beyond the limit.
    package mutating func setStringRange(
        _ key: RawSpan, at offset: Int, to bytes: RawSpan
    ) throws(EngineError) -> Int {
        let existing = try stringEntry(key, .write)
        let former = existing?.string(of: self).byteCount ?? 0
        guard bytes.byteCount > 0 else { return former }
        let total = max(former, try checkedStringByteCount(offset, plus: bytes.byteCount))
        let entry: Entry
        if let existing {
            entry = resizeString(existing, from: former, to: total)
        } else {
            entry = place(key, kind: .rawBytes, payloadByteCount: total, expiry: .keep)
        }
        if offset > former {
            entry.block.fill(0, at: entry.payloadOffset + former, byteCount: offset - former)
        }
        entry.block.store(bytes, at: entry.payloadOffset + offset)
        noteChange(of: key)
        return total
    }

    /// Adds to the integer that the string holds, 0 when it is not there, and returns the sum. The key's expiry stays.
    /// Throws `wrongType`, `notInteger`, `overflow`.
    package mutating func increment(_ key: RawSpan, by amount: Int64) throws(EngineError) -> Int64 {
        guard let entry = try stringEntry(key, .write) else {
            place(key, kind: .integer, payloadByteCount: 8, expiry: .keep).word = UInt64(bitPattern: amount)
            noteChange(of: key)
            return amount
        }
        let sum = try sum(of: entry, and: amount)
        if entry.kind == .integer {
            entry.word = UInt64(bitPattern: sum)
        } else {
            databases[selected].value.entries.resizePayload(of: entry, kind: .integer, byteCount: 8).word =
                UInt64(bitPattern: sum)
        }
        noteChange(of: key)
        return sum
    }

    private func sum(of entry: Entry, and amount: Int64) throws(EngineError) -> Int64 {
        let current: Int64
        switch entry.string(of: self) {
        case .integer(let value): current = value
        case .bytes(let bytes):
            guard let value = bytes.canonicalInteger else { throw .notInteger }
            current = value
        }
        let (sum, overflow) = current.addingReportingOverflow(amount)
        if overflow { throw .overflow }
        return sum
    }

    /// Adds to the number that the string holds, 0 when it is not there; returns the text of the sum, which is also
    /// stored. The key's expiry stays. Throws `wrongType`, `notFloat`, and `notFinite` for the sum.
    package mutating func increment(_ key: RawSpan, by amount: LongDouble) throws(EngineError) -> GrowableBytes {
        var text = GrowableBytes()
        if let entry = try stringEntry(key, .write) {
            guard let current = entry.string(of: self).withBytes({ LongDouble($0) }) else { throw .notFloat }
            guard let sum = current.adding(amount) else { throw .notFinite }
            text.append(sum)
        } else {
            guard let sum = LongDouble.zero.adding(amount) else { throw .notFinite }
            text.append(sum)
        }
        let entry = place(key, kind: .bytes, payloadByteCount: text.count, expiry: .keep)
        entry.block.store(text.bytes, at: entry.payloadOffset)
        noteChange(of: key)
        return text
    }

    /// The sum of two byte counts, the second of what is to be added. Throws `stringTooLong` beyond the limit.
    private func checkedStringByteCount(_ first: Int, plus second: Int) throws(EngineError) -> Int {
        let (total, overflow) = first.addingReportingOverflow(second)
        guard !overflow && total <= limits.stringByteCountMax else { throw .stringTooLong }
        return total
    }

    /// The string as bytes to be changed in place, `former` of them now and `total` afterwards. The handle passed in is
    /// spent.
    private mutating func resizeString(_ entry: Entry, from former: Int, to total: Int) -> Entry {
        guard entry.kind == .integer else {
            return databases[selected].value.entries.resizePayload(of: entry, kind: .rawBytes, byteCount: total)
        }
        let digits = DecimalDigits(Int64(bitPattern: entry.word))
        let resized = databases[selected].value.entries.resizePayload(of: entry, kind: .rawBytes, byteCount: total)
        resized.block.store(digits.bytes, at: resized.payloadOffset)
        return resized
    }
}

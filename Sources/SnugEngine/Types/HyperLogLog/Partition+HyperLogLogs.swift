internal import SnugMemory

/// HyperLogLogs: strings of a form (`HyperLogLogLayout`) that commands of their own read and change.
extension Partition {
    // MARK: Changing

    /// Finds the HyperLogLog under `key`, or makes one. Throws `wrongType` and `notHyperLogLog`.
    package mutating func openHyperLogLog(_ key: RawSpan) throws(EngineError) -> OpenHyperLogLog {
        var location = try stringPlace(key)
        guard location.isPresent else { return OpenHyperLogLog(at: location, limits) }
        guard let encoding = hyperLogLogEncoding(of: location.cell) else { throw .notHyperLogLog }
        switch encoding {
        case .sparse:
            return location.cell.string(in: vocabulary, of: self).withBytes {
                OpenHyperLogLog(copying: $0, at: location, limits)
            }
        case .dense:
            if !isRaw(location.cell) {
                markRaw(location)
                location = locate(key, .peek)
            }
            return OpenHyperLogLog(location.cell.reference.string, at: location)
        }
    }

    /// Puts a HyperLogLog back that was opened under `key`, after `changeCount` changes.
    package mutating func closeHyperLogLog(
        _ opened: consuming OpenHyperLogLog, of key: RawSpan, changeCount: Int
    ) {
        if changeCount > 0 { opened.markStale() }
        let location = opened.location
        if opened.ownsString, let string = opened.handOver() {
            storeReference(Reference(string, isRaw: true), expiry: location.expiry, at: location)
        } else if !opened.isDense && (changeCount > 0 || opened.isNew || !isRaw(location.cell)) {
            storeRawString(opened.bytes.bytes, expiry: location.expiry, at: location)
        }
        if changeCount > 0 { noteChange(of: key, count: changeCount) }
    }

    /// Gives the HyperLogLog under `key` the registers of all the maxima where they are above its own. It is made when
    /// it is not there, and dense when `isDense`. Throws what `openHyperLogLog` does, and `corruptHyperLogLog`.
    private mutating func merge(
        _ maxima: borrowing RegisterMaxima, isDense: Bool, into key: RawSpan
    ) throws(EngineError) {
        var opened = try openHyperLogLog(key)
        try opened.check()
        if isDense { opened.makeDense() }
        for register in 0..<HyperLogLogLayout.registerCount where maxima[register] > 0 {
            _ = opened.raise(register, to: maxima[register])
        }
        closeHyperLogLog(opened, of: key, changeCount: 1)
    }

    // MARK: Estimating

    /// How many different elements were added to the HyperLogLog under `key`, 0 when it is not there. A new estimate is
    /// noted in it. Throws `wrongType`, `notHyperLogLog`, `corruptHyperLogLog`.
    package mutating func cardinality(of key: RawSpan) throws(EngineError) -> UInt64 {
        guard let location = try stringLocation(key, .read) else { return 0 }
        guard hyperLogLogEncoding(of: location.cell) != nil else { throw .notHyperLogLog }
        let noted = location.cell.string(in: vocabulary, of: self).withBytes { HyperLogLogLayout.cardinality(in: $0) }
        if let noted {
            if !isRaw(location.cell) { markRaw(location) }
            return noted
        }
        let maxima = RegisterMaxima()
        _ = try raise(maxima, to: location)
        let cardinality = maxima.cardinality
        let bytes = InlineArray<8, UInt8> { UInt8(truncatingIfNeeded: cardinality >> UInt64($0 * 8)) }
        let total = location.cell.stringByteCount
        writeString(bytes.rawBytes, at: HyperLogLogLayout.cardinalityOffset, total: total, location)
        noteChange(of: key)
        return cardinality
    }

    /// HyperLogLogs that are taken together: their registers' maxima.
    package struct MergedHyperLogLogs: ~Copyable {
        fileprivate let maxima = RegisterMaxima()
        fileprivate var hasDense = false

        package init() {}

        /// How many different elements were added to any of them.
        package var cardinality: UInt64 { maxima.cardinality }
    }

    /// Takes the HyperLogLog under `key` in, nothing when it is not there. Throws `wrongType`, `notHyperLogLog`,
    /// `corruptHyperLogLog`.
    package mutating func addHyperLogLog(
        _ key: RawSpan, to merged: inout MergedHyperLogLogs
    ) throws(EngineError) {
        guard let location = try stringLocation(key, .read) else { return }
        if try raise(merged.maxima, to: location) == .dense { merged.hasDense = true }
    }

    /// Gives the HyperLogLog under `key`, which is made when it is not there, all registers of those that were taken
    /// together. Throws what `openHyperLogLog` does, and `corruptHyperLogLog`.
    package mutating func storeHyperLogLog(
        _ merged: borrowing MergedHyperLogLogs, under key: RawSpan
    ) throws(EngineError) {
        try merge(merged.maxima, isDense: merged.hasDense, into: key)
    }

    /// Raises the maxima to the registers of the string at `location`.
    private func raise(
        _ maxima: borrowing RegisterMaxima, to location: PackedMap.Location
    ) throws(EngineError) -> HyperLogLogLayout.Encoding {
        let value = location.cell.string(in: vocabulary, of: self)
        return try value.withBytes { (bytes) throws(EngineError) in
            guard let encoding = HyperLogLogLayout.encoding(of: bytes) else { throw .notHyperLogLog }
            if encoding == .sparse && !SparseRegisters.isWhole(bytes) { throw .corruptHyperLogLog }
            maxima.raise(to: bytes, encoding)
            return encoding
        }
    }

    // MARK: Looking inside

    /// The encoding of the HyperLogLog under `key`, or nil when it is not there. The string counts as changed in place
    /// afterwards, as in Redis. Throws `wrongType`, `notHyperLogLog`.
    package mutating func hyperLogLogEncoding(
        _ key: RawSpan
    ) throws(EngineError) -> HyperLogLogLayout.Encoding? {
        let location = try stringPlace(key)
        guard location.isPresent else { return nil }
        guard let encoding = hyperLogLogEncoding(of: location.cell) else { throw .notHyperLogLog }
        if !isRaw(location.cell) { markRaw(location) }
        return encoding
    }

    /// Gives the HyperLogLog under `key` its dense form; false when it has it. Throws what `openHyperLogLog` does, and
    /// `corruptHyperLogLog`.
    package mutating func makeHyperLogLogDense(_ key: RawSpan) throws(EngineError) -> Bool {
        var opened = try openHyperLogLog(key)
        guard !opened.isDense else { return false }
        try opened.check()
        opened.makeDense()
        let location = opened.location
        if let string = opened.handOver() {
            storeReference(Reference(string, isRaw: true), expiry: location.expiry, at: location)
        }
        noteChange(of: key)
        return true
    }

    /// Calls `body` with each register of a dense HyperLogLog. Throws what `openHyperLogLog` does.
    package mutating func forEachRegister(_ key: RawSpan, _ body: (Int) -> Void) throws(EngineError) {
        let opened = try openHyperLogLog(key)
        opened.forEachRegister(body)
    }

    /// Calls `body` with each run of a sparse HyperLogLog: what its registers are, how many, and whether its code has
    /// two bytes. Throws `wrongType`, `notHyperLogLog`, `corruptHyperLogLog`.
    package mutating func forEachRun(
        _ key: RawSpan, _ body: (_ value: Int, _ count: Int, _ isLong: Bool) -> Void
    ) throws(EngineError) {
        guard let value = try string(key, .write) else { return }
        try value.withBytes { (bytes) throws(EngineError) in
            guard HyperLogLogLayout.encoding(of: bytes) == .sparse else { throw .notHyperLogLog }
            guard SparseRegisters.isWhole(bytes) else { throw .corruptHyperLogLog }
            SparseRegisters.forEachRun(bytes) { body($0.value, $0.count, $0.byteCount == 2) }
        }
    }

    // MARK: Places

    private func hyperLogLogEncoding(of cell: Cell) -> HyperLogLogLayout.Encoding? {
        guard cell.kind != .integer else { return nil }
        return cell.string(in: vocabulary, of: self).withBytes { HyperLogLogLayout.encoding(of: $0) }
    }

    private func isRaw(_ cell: Cell) -> Bool {
        cell.kind == .rawBytes || cell.kind == .reference && cell.reference.kind == .rawBytes
    }

    /// Makes a string one that a command has changed in place. The location is spent.
    private mutating func markRaw(_ location: PackedMap.Location) {
        let total = location.cell.stringByteCount
        writeString(RawSpan(), at: total, total: total, location)
    }
}

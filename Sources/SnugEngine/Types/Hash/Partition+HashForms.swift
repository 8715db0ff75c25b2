internal import SnugMemory

/// Hashes: from one form to another.
extension Partition {
    /// Gives a compact hash another form when it has become too large to be walked over, or for a listpack.
    mutating func fitCompact(_ hash: inout OpenHash) {
        let byteCount = vocabulary.value.hashText.count
        // A pair takes two bytes at least.
        let mayPassLimit = byteCount / 2 > limits.hashListpackEntriesMax
        guard byteCount > HashForm.packedByteCountMax || mayPassLimit else { return }
        let count = count(of: hash)
        if count > limits.hashListpackEntriesMax { return makeHashTable(&hash, because: entriesReached(by: hash)) }
        guard byteCount > HashForm.packedByteCountMax else { return }
        if count >= HashForm.risingCountMin && isRising {
            makeTable(&hash, order: .rising)
        } else if count > HashForm.compactCountMax || byteCount > HashForm.compactByteCountMax {
            makeTable(&hash, order: .addition)
        }
    }

    /// Whether the fields in `hashText` are non-negative integers in rising order, none of which expires.
    private var isRising: Bool {
        let reader = CompactHashReader(vocabulary.value.hashText.bytes)
        if reader.firstExpiry(base: vocabulary.value.expiryBase) != nil { return false }
        var last: Int64 = -1
        var offset = 0
        while offset < reader.endOffset {
            guard case .integer(let number) = reader.field(at: offset, names: vocabulary.value.names), number > last
            else { return false }
            last = number
            offset = reader.offset(after: offset)
        }
        return true
    }

    /// Makes a hashtable of an open hash that has passed a limit, and notes it unless the hash is one.
    mutating func makeHashTable(_ hash: inout OpenHash, because reached: LimitReached) {
        hash.hasPassedLimit = true
        let former = encoding(of: hash)
        if former == .hashTable { return }
        noteEncodingChange(of: .hash, EncodingChange(from: former, to: .hashTable, reached: reached))
        switch hash.form {
        case .table(let table): table.value.dropOrder()
        case .compact: makeTable(&hash, order: .none)
        }
    }

    private mutating func makeTable(_ hash: inout OpenHash, order: FieldTable.Order) {
        let vocabulary = vocabulary
        let table = Box(FieldTable(vocabulary: vocabulary, order: order))
        let reader = CompactHashReader(vocabulary.value.hashText.bytes)
        let base = vocabulary.value.expiryBase
        var text = GrowableBytes()
        var offset = 0
        var expiry: Int64?
        while offset < reader.endOffset {
            text.truncate(to: 0)
            reader.field(at: offset, names: vocabulary.value.names).withBytes { text.append($0) }
            _ = table.value.setField(text.bytes, to: reader.value(at: offset))
            expiry = reader.expiry(at: offset, base: base, former: expiry)
            if let expiry { _ = table.value.setExpiry(expiry, of: text.bytes) }
            offset = reader.offset(after: offset)
        }
        CompactHash.releaseNames(of: vocabulary.value.hashText.bytes, names: &vocabulary.value.names)
        vocabulary.value.hashText.truncate(to: 0)
        hash.form = .table(table)
        hash.tally = nil
    }

    // MARK: Becoming smaller

    /// Gives a table that has changed a smaller form when it is far enough below the limits of the one that it has.
    mutating func fitTable(_ hash: inout OpenHash) {
        guard let table = hash.table else { return }
        if !table.value.isListpack && isFarBelowLimits(table) && !hash.hasPassedLimit {
            table.value.orderByAddition()
            let change = EncodingChange(
                from: .hashTable, to: table.value.encoding, reached: entriesReached(by: hash))
            noteEncodingChange(of: .hash, change)
        }
        if table.value.isListpack && table.value.count <= HashForm.tableCountMin && isShort(table) {
            makeCompact(&hash, from: table)
        }
    }

    /// Whether a hashtable is below half of every limit of a listpack, and such hashes return.
    private func isFarBelowLimits(_ table: Box<FieldTable>) -> Bool {
        let (countMax, byteCountMax) = (limits.hashListpackEntriesMax, limits.hashListpackValueMax)
        guard limits.encodingsRevert, byteCountMax > 0, table.value.count < countMax / 2 + countMax % 2 else {
            return false
        }
        return !table.value.hasRecord(longerThan: (byteCountMax - 1) / 2)
    }

    /// Whether a table of few fields has few bytes too.
    private func isShort(_ table: Box<FieldTable>) -> Bool {
        var sum = 0
        table.value.forEachRecord { sum += $0.byteCount + $1.cell.stringByteCount }
        return sum <= HashForm.tableByteCountMin
    }

    /// Puts the pairs of a table into `hashText`.
    private mutating func makeCompact(_ hash: inout OpenHash, from table: Box<FieldTable>) {
        let vocabulary = vocabulary
        let base = vocabulary.value.expiryBase
        vocabulary.value.hashText.truncate(to: 0)
        table.value.forEachRecord { field, location in
            CompactHash.append(
                CompactHashField(field, names: vocabulary.value.names),
                location.cell.string(in: vocabulary, of: table).reread, to: &vocabulary.value.hashText,
                names: &vocabulary.value.names)
            guard let expiry = location.expiry else { return }
            _ = CompactHash.setExpiry(
                expiry, of: field, in: &vocabulary.value.hashText, names: vocabulary.value.names, base: base)
        }
        table.destroy()
        hash.form = .compact
    }
}

extension StringValue {
    /// The same string, as an integer if its text is one's.
    fileprivate var reread: StringValue {
        @_lifetime(copy self)
        get {
            switch copy self {
            case .integer(let integer): .integer(integer)
            case .bytes(let text): StringValue(reading: text)
            }
        }
    }
}

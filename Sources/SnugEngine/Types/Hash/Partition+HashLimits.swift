internal import SnugMemory

/// Hashes: which limits they pass or come near to.
extension Partition {
    /// What OBJECT ENCODING would say of an open hash.
    func encoding(of hash: borrowing OpenHash) -> Encoding {
        switch hash.form {
        case .compact: hashTextExpires ? .listpackWithExpiry : .listpack
        case .table(let table): table.value.encoding
        }
    }

    private var hashTextExpires: Bool {
        CompactHashReader(vocabulary.value.hashText.bytes).firstExpiry(base: vocabulary.value.expiryBase) != nil
    }

    /// How many fields an open hash has.
    func count(of hash: borrowing OpenHash) -> Int {
        switch hash.form {
        case .compact: hash.tally?.count ?? CompactHashReader(vocabulary.value.hashText.bytes).count
        case .table(let table): table.value.count
        }
    }

    /// How many fields an open hash has of those that a listpack may have.
    func entriesReached(by hash: borrowing OpenHash) -> LimitReached {
        LimitReached(.hashEntries, setting: limits.hashListpackEntriesMax, value: count(of: hash))
    }

    /// Which limit `addition` makes a hash pass that cannot take it as a listpack.
    func limitReached(by addition: HashAddition, in hash: borrowing OpenHash) -> LimitReached {
        if addition.pairCount > limits.hashListpackEntriesMax {
            return LimitReached(.hashEntries, setting: limits.hashListpackEntriesMax, value: addition.pairCount)
        }
        if addition.longestByteCount > limits.hashListpackValueMax {
            return LimitReached(.hashValue, setting: limits.hashListpackValueMax, value: addition.longestByteCount)
        }
        var byteCount = addition.byteCount
        if let table = hash.table { byteCount += table.value.usedByteCount }
        return LimitReached(.listpackBytes, setting: ListpackLayout.safeByteCountMax, value: byteCount)
    }

    // MARK: Coming near

    /// Called when an open hash has got a new field: notes it when that brings the hash near to its most fields. A
    /// comparison or two otherwise.
    @inline(__always)
    mutating func noteGrowth(of hash: borrowing OpenHash) {
        let near = limits.hashEntriesNear
        switch hash.form {
        case .compact:
            // A pair takes two bytes at least.
            if vocabulary.value.hashText.count / 2 < near { return }
        case .table(let table): if !table.value.isListpack { return }
        }
        if near != .max && count(of: hash) == near { noteNearEntries(hash) }
    }

    @inline(never)
    private mutating func noteNearEntries(_ hash: borrowing OpenHash) {
        noteNearLimit(
            of: .hash, EncodingChange(from: encoding(of: hash), to: .hashTable, reached: entriesReached(by: hash)))
    }

    /// Called before `addition` goes into an open hash when it holds something nearly as long as a listpack may hold:
    /// notes it when nothing in the hash is. Constant time in a table that has been asked before, a walk otherwise.
    @inline(never)
    mutating func noteNearValue(_ addition: HashAddition, in hash: borrowing OpenHash) {
        let encoding = encoding(of: hash)
        if encoding == .hashTable || hasFieldOrValue(ofAtLeast: limits.hashValueNear, hash) { return }
        let reached = LimitReached(
            .hashValue, setting: limits.hashListpackValueMax, value: addition.longestByteCount)
        noteNearLimit(of: .hash, EncodingChange(from: encoding, to: .hashTable, reached: reached))
    }

    private func hasFieldOrValue(ofAtLeast byteCount: Int, _ hash: borrowing OpenHash) -> Bool {
        if let table = hash.table { return table.value.hasRecord(longerThan: byteCount - 1) }
        let reader = CompactHashReader(vocabulary.value.hashText.bytes)
        var offset = 0
        while offset < reader.endOffset {
            if reader.value(at: offset).byteCount >= byteCount { return true }
            if reader.field(at: offset, names: vocabulary.value.names).byteCount >= byteCount { return true }
            offset = reader.offset(after: offset)
        }
        return false
    }
}

internal import SnugMemory

/// Hashes: from one form to another.
extension Partition {
    /// Gives a compact hash another form when it has become too large for a pack, or for a listpack.
    mutating func fitCompact(_ hash: inout OpenHash) {
        // A pair takes two bytes at least.
        if vocabulary.value.hashText.count / 2 > limits.hashListpackEntriesMax
            && CompactHashReader(vocabulary.value.hashText.bytes).count > limits.hashListpackEntriesMax
        {
            makeHashTable(&hash, because: entriesReached(by: hash))
            return
        }
        guard vocabulary.value.hashText.count > HashForm.compactByteCountMax, !hashTextExpires else { return }
        if isRising {
            makeTable(&hash, isInOrder: true)
        } else {
            let listpack = CompactHash.makeListpack(
                of: vocabulary.value.hashText.bytes, names: vocabulary.value.names)
            releaseHashText()
            hash.form = .listpack(listpack)
        }
    }

    /// Whether a field in `hashText` expires. Such a hash stays compact within the limits of a listpack.
    var hashTextExpires: Bool {
        CompactHashReader(vocabulary.value.hashText.bytes).firstExpiry(base: vocabulary.value.expiryBase) != nil
    }

    /// Whether the fields in `hashText` are non-negative integers in rising order.
    private var isRising: Bool {
        let reader = CompactHashReader(vocabulary.value.hashText.bytes)
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

    private mutating func releaseHashText() {
        let vocabulary = vocabulary
        CompactHash.releaseNames(of: vocabulary.value.hashText.bytes, names: &vocabulary.value.names)
        vocabulary.value.hashText.truncate(to: 0)
    }

    /// Makes a hashtable of an open hash that has passed a limit, and notes it unless the hash is one.
    mutating func makeHashTable(_ hash: inout OpenHash, because reached: LimitReached) {
        let former = encoding(of: hash)
        if former == .hashTable { return }
        noteEncodingChange(of: .hash, from: former, to: .hashTable, because: reached)
        switch hash.form {
        case .compact, .listpack: makeTable(&hash, isInOrder: false)
        case .table(let table): table.value.isInOrder = false
        }
    }

    private mutating func makeTable(_ hash: inout OpenHash, isInOrder: Bool) {
        let vocabulary = vocabulary
        let table = Box(FieldTable(vocabulary: vocabulary, isInOrder: isInOrder))
        var text = GrowableBytes()
        func add(_ field: StringValue, _ value: StringValue) {
            text.truncate(to: 0)
            field.withBytes { text.append($0) }
            _ = table.value.setField(text.bytes, to: value)
        }
        if case .listpack(let listpack) = hash.form {
            listpack.forEachPair(add)
            listpack.block.free()
        } else {
            let reader = CompactHashReader(vocabulary.value.hashText.bytes)
            var offset = 0
            var expiry: Int64?
            while offset < reader.endOffset {
                add(reader.field(at: offset, names: vocabulary.value.names), reader.value(at: offset))
                expiry = reader.expiry(at: offset, base: vocabulary.value.expiryBase, former: expiry)
                if let expiry { _ = table.value.setExpiry(expiry, of: text.bytes) }
                offset = reader.offset(after: offset)
            }
            releaseHashText()
        }
        hash.form = .table(table)
    }

    /// Makes a listpack of a table in order.
    mutating func makeListpack(_ hash: inout OpenHash, from table: Box<FieldTable>) {
        var listpack = Listpack.make()
        table.value.forEach { field, value in
            let field = field.withBytes { $0.canonicalInteger } ?? 0
            listpack.append(ListpackElements(.integer(field), value))
        }
        table.destroy()
        hash.form = .listpack(listpack)
    }

    /// Puts the pairs of a table in order into `hashText`.
    mutating func makeCompact(_ hash: inout OpenHash, from table: Box<FieldTable>) {
        let vocabulary = vocabulary
        vocabulary.value.hashText.truncate(to: 0)
        table.value.forEach { field, value in
            let field = field.withBytes { $0.canonicalInteger } ?? 0
            CompactHash.append(
                CompactHashField(.integer(field), names: vocabulary.value.names), value,
                to: &vocabulary.value.hashText, names: &vocabulary.value.names)
        }
        table.destroy()
        hash.form = .compact
    }

    /// Puts a listpack's pairs into `hashText`.
    mutating func makeCompact(_ hash: inout OpenHash, from listpack: Listpack) {
        let vocabulary = vocabulary
        vocabulary.value.hashText.truncate(to: 0)
        CompactHash.appendAll(of: listpack, to: &vocabulary.value.hashText, names: &vocabulary.value.names)
        listpack.block.free()
        hash.form = .compact
    }
}

extension Listpack {
    /// Calls `body` with every field and its value.
    func forEachPair(_ body: (StringValue, StringValue) -> Void) {
        let reader = reader(of: block)
        var offset = reader.firstOffset
        while offset < reader.endOffset {
            let valueOffset = reader.offset(after: offset)
            body(reader.value(at: offset), reader.value(at: valueOffset))
            offset = reader.offset(after: valueOffset)
        }
    }
}

internal import SnugMemory

/// What an entry refers to outside its own block.
extension Entry {
    /// Frees what the payload refers to. The entry's own block stays.
    func destroyPayload() {
        switch kind {
        case .bytes, .rawBytes, .integer: break
        case .listpack: Block(bits: word)?.free()
        case .hashTable: Box<EntryTable>(bits: word).destroy()
        }
    }

    /// Bytes that the allocator set aside for what the payload refers to, as far as the table of this entry counts
    /// them: a listpack's block. A hash table counts its own.
    var payloadAllocatedByteCount: Int {
        kind == .listpack ? Block(bits: word)?.allocatedByteCount ?? 0 : 0
    }

    /// Bytes that the allocator set aside for a nested hash table, the box of the table included; 0 for other kinds.
    var nestedByteCount: Int {
        guard kind == .hashTable else { return 0 }
        return Box<EntryTable>(bits: word).value.allocatedByteCount
    }

    /// The word of an equal payload that refers to nothing of this one. Costs a copy of what is referred to.
    func copiedWord() -> UInt64 {
        switch kind {
        case .bytes, .rawBytes: preconditionFailure("a payload without a word")
        case .integer: return word
        case .listpack: return copiedListpack()
        case .hashTable: return Box(Box<EntryTable>(bits: word).value.copied()).bits
        }
    }

    /// A listpack begins with its byte count.
    private func copiedListpack() -> UInt64 {
        guard let listpack = Block(bits: word) else { preconditionFailure("a listpack without a block") }
        let byteCount = Int(listpack.load(UInt32.self, at: 0))
        let copy = Block.allocate(byteCount: byteCount)
        copy.store(listpack.bytes(at: 0, count: byteCount, of: listpack), at: 0)
        return copy.bits
    }
}

extension EntryTable {
    /// Everything that the allocator set aside for this table, the box of the table itself included.
    var allocatedByteCount: Int { entryByteCount + directoryByteCount + Self.boxByteCount }

    /// What the allocator sets aside for a box of a table.
    private static let boxByteCount: Int = {
        let probe = Block.allocate(byteCount: MemoryLayout<EntryTable>.stride)
        defer { probe.free() }
        return probe.allocatedByteCount
    }()

    /// A table of equal entries, none of which refers to anything outside its block or has an expiry.
    func copied() -> EntryTable {
        var copy = EntryTable(hasher: hasher)
        forEach { entry in
            let twin = copy.insert(
                entry.key(of: entry.block), hash: entry.hash, kind: entry.kind,
                payloadByteCount: entry.payloadByteCount)
            twin.block.store(entry.payload(of: entry.block), at: twin.payloadOffset)
        }
        return copy
    }
}

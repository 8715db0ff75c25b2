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
}

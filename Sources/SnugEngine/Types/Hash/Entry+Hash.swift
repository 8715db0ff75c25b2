internal import SnugMemory

/// An entry that holds a hash, as a listpack of fields and values in turn or as a table.
extension Entry {
    /// The hash's listpack. The kind must be `listpack`.
    var listpack: Listpack {
        @inline(__always) get { Listpack(bits: word) }
        nonmutating set { word = newValue.block.bits }
    }

    /// The hash's table: an entry for each field. The kind must be `hashTable`.
    var fieldTable: Box<EntryTable> {
        @inline(__always) get { Box<EntryTable>(bits: word) }
    }

    var fieldCount: Int {
        kind == .listpack ? listpack.reader(of: block).count / 2 : fieldTable.value.count
    }

    func hasField(_ field: RawSpan) -> Bool {
        fieldValue(of: field, owner: block) != nil
    }

    /// The value of `field`, or nil.
    @inline(__always) @_lifetime(borrow owner)
    func fieldValue<Owner: ~Copyable & ~Escapable>(of field: RawSpan, owner: borrowing Owner) -> StringValue? {
        guard kind == .listpack else {
            let hash = fieldTable.value.hash(of: field)
            guard let found = fieldTable.value.find(field, hash: hash) else { return nil }
            return found.string(of: owner)
        }
        let reader = listpack.reader(of: owner)
        guard let offset = reader.find(field, from: reader.firstOffset, skipping: 1) else { return nil }
        return reader.value(at: reader.offset(after: offset))
    }
}

internal import SnugMemory

/// From listpacks and to them. Order is kept.
extension CompactHash {
    /// Adds the pairs of `listpack`, which holds fields and values in turn and no field that is in `bytes`. Every field
    /// counts as new.
    static func appendAll(of listpack: Listpack, to bytes: inout GrowableBytes, names: inout InternTable) {
        let reader = listpack.reader(of: listpack)
        var offset = reader.firstOffset
        while offset < reader.endOffset {
            let valueOffset = reader.offset(after: offset)
            // Listpacks from outside may hold integers as texts.
            let field = CompactHashField(reader.value(at: offset).reread, names: names)
            append(field, reader.value(at: valueOffset).reread, to: &bytes, names: &names)
            offset = reader.offset(after: valueOffset)
        }
    }

    /// A listpack of the same pairs in a block of its own, which the caller owns. The names' uses stay as they are.
    static func makeListpack(of bytes: RawSpan, names: borrowing InternTable) -> Listpack {
        let reader = CompactHashReader(bytes)
        var byteCount = 0
        reader.forEach(names: names) { byteCount += ListpackElements($0, $1).byteCount }
        var listpack = Listpack.make(reserving: byteCount)
        reader.forEach(names: names) { listpack.append(ListpackElements($0, $1)) }
        return listpack
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

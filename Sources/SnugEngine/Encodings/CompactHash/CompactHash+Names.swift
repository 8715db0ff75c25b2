internal import SnugMemory

/// Names of whole hashes.
extension CompactHash {
    /// Counts one more use of each name in `bytes`, which have been copied.
    static func retainNames(of bytes: RawSpan, names: inout InternTable) {
        let reader = CompactHashReader(bytes)
        var offset = 0
        while offset < reader.endOffset {
            if let name = reader.name(at: offset) { names.retain(name) }
            offset = reader.offset(after: offset)
        }
    }

    /// Counts one use less of each name in `bytes`, which are thrown away.
    static func releaseNames(of bytes: RawSpan, names: inout InternTable) {
        let reader = CompactHashReader(bytes)
        var offset = 0
        while offset < reader.endOffset {
            if let name = reader.name(at: offset) { names.release(name) }
            offset = reader.offset(after: offset)
        }
    }

    /// Makes names of the fields that have been interned since they were added. False when there were none. Notes no
    /// further uses of the others.
    static func intern(_ bytes: inout GrowableBytes, names: inout InternTable) -> Bool {
        var offset = 0
        var changed = false
        while offset < bytes.count {
            if let name = internedText(at: offset, in: bytes.bytes, names: names) {
                let pair = CompactHashReader(bytes.bytes).pair(at: offset)
                replaceText(pair.fieldRange, with: name, in: &bytes, names: &names)
                changed = true
            }
            offset = CompactHashReader(bytes.bytes).offset(after: offset)
        }
        return changed
    }

    /// The number of the field at `offset` if it is a text that could be a name.
    private static func internedText(at offset: Int, in bytes: RawSpan, names: borrowing InternTable) -> Int? {
        let reader = CompactHashReader(bytes)
        guard reader.name(at: offset) == nil else { return nil }
        return CompactHashField(reader.field(at: offset, names: names), names: names).name
    }
}

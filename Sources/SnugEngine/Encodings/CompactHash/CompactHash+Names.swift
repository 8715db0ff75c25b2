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
}

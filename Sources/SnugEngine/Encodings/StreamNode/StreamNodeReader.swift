internal import SnugMemory

/// Reads the entries of a node (see `StreamNode`). A place is the offset of an entry's first byte. Every access is
/// checked against the bytes.
struct StreamNodeReader: ~Escapable, BitwiseCopyable {
    private let bytes: RawSpan
    private let firstID: StreamID
    private let fieldCount: Int
    let firstOffset: Int

    @inline(__always) @_lifetime(copy bytes)
    init(_ bytes: RawSpan, _ firstID: StreamID, _ fieldCount: Int, _ firstOffset: Int) {
        self.bytes = bytes
        self.firstID = firstID
        self.fieldCount = fieldCount
        self.firstOffset = firstOffset
    }

    var endOffset: Int { bytes.byteCount }

    /// The entry at `start`.
    @inline(__always) @_lifetime(copy self)
    func entry(at start: Int) -> StreamEntry {
        var offset = start &+ 1
        let head = bytes[start]
        var milliseconds = UInt64(head &>> 2 & 31)
        if head >= 0x80 { milliseconds |= bytes.number(at: &offset) &<< 5 }
        var sequence = milliseconds == 0 ? firstID.sequence : 0
        if head & 2 != 0 { sequence &+= bytes.number(at: &offset) }
        let id = StreamID(milliseconds: firstID.milliseconds &+ milliseconds, sequence: sequence)
        let hasOwnFields = head & 1 != 0
        let pairCount = hasOwnFields ? Int(bytes.number(at: &offset)) : fieldCount
        return StreamEntry(bytes, id, pairCount: pairCount, hasOwnFields: hasOwnFields, itemsOffset: offset)
    }

    /// The place behind an entry.
    @inline(__always)
    func offset(after entry: StreamEntry) -> Int {
        var offset = entry.itemsOffset
        let itemCount = entry.hasOwnFields ? 2 &* entry.pairCount : entry.pairCount
        for _ in 0..<itemCount { offset &+= CompactHashLayout.valueByteCount(in: bytes, at: offset) }
        return offset
    }

    /// The place of the first entry whose id is `id` or above, the end without one, and whether it is `id`. A walk.
    func place(of id: StreamID) -> (offset: Int, isThere: Bool) {
        var offset = firstOffset
        while offset < endOffset {
            let entry = entry(at: offset)
            if entry.id >= id { return (offset, entry.id == id) }
            offset = self.offset(after: entry)
        }
        return (offset, false)
    }
}

/// One entry of a stream where it lies. Valid until the stream changes.
package struct StreamEntry: ~Escapable, BitwiseCopyable {
    package let id: StreamID
    /// How many fields it has, each with a value.
    package let pairCount: Int
    /// Whether its fields are not those of its node.
    package let hasOwnFields: Bool
    let itemsOffset: Int
    private let bytes: RawSpan

    @inline(__always) @_lifetime(copy bytes)
    init(_ bytes: RawSpan, _ id: StreamID, pairCount: Int, hasOwnFields: Bool, itemsOffset: Int) {
        self.bytes = bytes
        self.id = id
        self.pairCount = pairCount
        self.hasOwnFields = hasOwnFields
        self.itemsOffset = itemsOffset
    }

    /// Calls `body` with each field and its value, in the order in which they were given.
    package func forEachPair(_ body: (StringValue, StringValue) -> Void) {
        var offset = itemsOffset
        if hasOwnFields {
            for _ in 0..<pairCount {
                let field = CompactHashLayout.value(in: bytes, at: offset)
                offset &+= CompactHashLayout.valueByteCount(in: bytes, at: offset)
                body(field, CompactHashLayout.value(in: bytes, at: offset))
                offset &+= CompactHashLayout.valueByteCount(in: bytes, at: offset)
            }
            return
        }
        var fieldOffset = StreamNode.headerByteCount
        for _ in 0..<pairCount {
            let count = Int(bytes.number(at: &fieldOffset))
            body(
                .bytes(bytes.slice(from: fieldOffset, count: count)),
                CompactHashLayout.value(in: bytes, at: offset))
            fieldOffset &+= count
            offset &+= CompactHashLayout.valueByteCount(in: bytes, at: offset)
        }
    }
}

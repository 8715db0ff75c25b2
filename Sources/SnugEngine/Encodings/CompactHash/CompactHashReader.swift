internal import SnugMemory

/// Reads a compact hash (see `CompactHashLayout`). A place is the offset of a pair's first byte, 0 for the first pair;
/// `endOffset` is the place behind the last. Methods that give fields or look for one are passed the table of names.
struct CompactHashReader: ~Escapable, BitwiseCopyable {
    let bytes: RawSpan

    /// `bytes` are all bytes of the hash and nothing more.
    @inline(__always) @_lifetime(copy bytes)
    init(_ bytes: RawSpan) {
        self.bytes = bytes
    }

    @inline(__always)
    var endOffset: Int { bytes.byteCount }

    /// How many fields there are. A walk.
    var count: Int {
        var count = 0
        var offset = 0
        while offset < endOffset {
            offset = self.offset(after: offset)
            count += 1
        }
        return count
    }

    // MARK: Walking

    /// Where the value of the pair at `offset` begins.
    @inline(__always)
    func valueOffset(at offset: Int) -> Int {
        offset + CompactHashLayout.fieldByteCount(in: bytes, at: offset)
    }

    /// The place behind the pair at `offset`.
    @inline(__always)
    func offset(after offset: Int) -> Int {
        pair(at: offset).end
    }

    /// Where the pair at `offset` lies.
    @inline(__always)
    func pair(at offset: Int) -> CompactHashPair {
        let valueOffset = self.valueOffset(at: offset)
        let end = valueOffset + CompactHashLayout.valueByteCount(in: bytes, at: valueOffset)
        return CompactHashPair(offset: offset, valueOffset: valueOffset, end: end)
    }

    /// The place of the pair with index `index` from the front, or nil when there are fewer. A walk.
    func offset(ofIndex index: Int) -> Int? {
        var offset = 0
        var left = index
        while left > 0 && offset < endOffset {
            offset = self.offset(after: offset)
            left -= 1
        }
        return offset < endOffset ? offset : nil
    }

    // MARK: Contents

    /// The number of the name that is the field at `offset`, or nil when the field is no name.
    @inline(__always)
    func name(at offset: Int) -> Int? {
        CompactHashLayout.name(in: bytes, at: offset)
    }

    /// The field of the pair at `offset`.
    @inline(__always) @_lifetime(copy self, borrow names)
    func field(at offset: Int, names: borrowing InternTable) -> StringValue {
        if let name = name(at: offset) { return .bytes(names.bytes(of: name)) }
        return CompactHashLayout.literal(in: bytes, at: offset)
    }

    /// The value of the pair at `offset`.
    @inline(__always) @_lifetime(copy self)
    func value(at offset: Int) -> StringValue {
        CompactHashLayout.value(in: bytes, at: valueOffset(at: offset))
    }

    /// Calls `body` with every field and its value.
    @inline(__always)
    func forEach(names: borrowing InternTable, _ body: (StringValue, StringValue) -> Void) {
        var offset = 0
        while offset < endOffset {
            let pair = self.pair(at: offset)
            body(field(at: offset, names: names), CompactHashLayout.value(in: bytes, at: pair.valueOffset))
            offset = pair.end
        }
    }

    // MARK: Finding

    /// The value of `field`, or nil. A walk that compares lengths before bytes.
    @_lifetime(copy self)
    func value(of field: RawSpan, names: borrowing InternTable) -> StringValue? {
        guard let pair = find(CompactHashField(field, names: names)) else { return nil }
        return CompactHashLayout.value(in: bytes, at: pair.valueOffset)
    }

    /// The pair of `field`, or nil.
    func find(_ field: borrowing CompactHashField) -> CompactHashPair? {
        let name = field.name ?? -1
        let firstByte = field.item.firstByte
        var offset = 0
        while offset < endOffset {
            let pair = self.pair(at: offset)
            let head = bytes[offset]
            if head >= CompactHashLayout.upperHead {
                if self.name(at: offset) == name { return pair }
            } else if head == firstByte && field.item.isEqual(to: bytes, at: offset, count: pair.fieldRange.count) {
                return pair
            }
            offset = pair.end
        }
        return nil
    }
}

/// Where a pair lies: its field from `offset` on, its value from `valueOffset` up to `end`.
struct CompactHashPair: BitwiseCopyable {
    let offset: Int
    let valueOffset: Int
    let end: Int

    var fieldRange: Range<Int> { offset..<valueOffset }
    var valueRange: Range<Int> { valueOffset..<end }
}

/// A field that is looked for or to be added, in every form that it can have.
struct CompactHashField: ~Escapable, BitwiseCopyable {
    /// The field as it is when it is no name.
    let item: CompactHashItem
    /// Its number if it is interned and has a form as a name.
    let name: Int?
    /// Whether it may become a name: not an integer, and not empty, which is one byte already.
    let mayBeName: Bool

    @_lifetime(copy field)
    init(_ field: RawSpan, names: borrowing InternTable) {
        self.init(StringValue(reading: field), names: names)
    }

    /// `field` must be an integer if its text is one's.
    @_lifetime(copy field)
    init(_ field: StringValue, names: borrowing InternTable) {
        item = CompactHashItem(field: field)
        guard case .bytes(let text) = field, text.byteCount > 0 else {
            name = nil
            mayBeName = false
            return
        }
        mayBeName = true
        if let number = names.number(of: text), number < CompactHashLayout.nameLimit {
            name = number
        } else {
            name = nil
        }
    }
}

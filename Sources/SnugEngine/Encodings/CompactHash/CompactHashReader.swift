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

    /// Where the field of the pair at `offset` begins.
    @inline(__always)
    private func fieldOffset(at offset: Int) -> Int {
        offset + CompactHashLayout.expiryByteCount(in: bytes, at: offset)
    }

    /// Where the value of the pair at `offset` begins.
    @inline(__always)
    func valueOffset(at offset: Int) -> Int {
        let fieldOffset = fieldOffset(at: offset)
        return fieldOffset + CompactHashLayout.fieldByteCount(in: bytes, at: fieldOffset)
    }

    /// The place behind the pair at `offset`.
    @inline(__always)
    func offset(after offset: Int) -> Int {
        pair(at: offset).end
    }

    /// Where the pair at `offset` lies.
    @inline(__always)
    func pair(at offset: Int) -> CompactHashPair {
        let fieldOffset = self.fieldOffset(at: offset)
        let valueOffset = fieldOffset + CompactHashLayout.fieldByteCount(in: bytes, at: fieldOffset)
        let end = valueOffset + CompactHashLayout.valueByteCount(in: bytes, at: valueOffset)
        return CompactHashPair(offset: offset, fieldOffset: fieldOffset, valueOffset: valueOffset, end: end)
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
        CompactHashLayout.name(in: bytes, at: fieldOffset(at: offset))
    }

    /// The field of the pair at `offset`.
    @inline(__always) @_lifetime(copy self, borrow names)
    func field(at offset: Int, names: borrowing InternTable) -> StringValue {
        let fieldOffset = fieldOffset(at: offset)
        if let name = CompactHashLayout.name(in: bytes, at: fieldOffset) { return .bytes(names.bytes(of: name)) }
        return CompactHashLayout.literal(in: bytes, at: fieldOffset)
    }

    /// When the pair at `offset` expires, or nil. `base` is what times are counted from, `former` the time of the pair
    /// before it.
    func expiry(at offset: Int, base: Int64, former: Int64?) -> Int64? {
        CompactHashLayout.expiry(in: bytes, at: offset, base: base, former: former)
    }

    /// When the first pair of the hash expires, or nil when none does.
    @inline(__always)
    func firstExpiry(base: Int64) -> Int64? {
        endOffset > 0 ? expiry(at: 0, base: base, former: nil) : nil
    }

    /// When a pair expires, or nil. A walk over those that do.
    func expiry(of pair: CompactHashPair, base: Int64) -> Int64? {
        guard pair.expires else { return nil }
        var offset = 0
        var time: Int64?
        while offset <= pair.offset {
            time = expiry(at: offset, base: base, former: time)
            offset = self.offset(after: offset)
        }
        return time
    }

    /// The value of the pair at `offset`.
    @inline(__always) @_lifetime(copy self)
    func value(at offset: Int) -> StringValue {
        CompactHashLayout.value(in: bytes, at: valueOffset(at: offset))
    }

    /// How many pairs have a time that is not after `time`, and where those behind them begin.
    func expired(at time: Int64, base: Int64) -> (count: Int, end: Int) {
        var count = 0
        var offset = 0
        var former: Int64?
        while offset < endOffset, let expiry = expiry(at: offset, base: base, former: former), expiry <= time {
            former = expiry
            offset = self.offset(after: offset)
            count += 1
        }
        return (count, offset)
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
            let head = bytes[pair.fieldOffset]
            if head >= CompactHashLayout.upperHead {
                if CompactHashLayout.name(in: bytes, at: pair.fieldOffset) == name { return pair }
            } else if head == firstByte
                && field.item.isEqual(to: bytes, at: pair.fieldOffset, count: pair.fieldRange.count)
            {
                return pair
            }
            offset = pair.end
        }
        return nil
    }
}

/// Where a pair lies: its time from `offset` on, none if that is `fieldOffset`, its field up to `valueOffset`, and its
/// value up to `end`.
struct CompactHashPair: BitwiseCopyable {
    let offset: Int
    let fieldOffset: Int
    let valueOffset: Int
    let end: Int

    var expires: Bool { fieldOffset > offset }
    var fieldRange: Range<Int> { fieldOffset..<valueOffset }
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

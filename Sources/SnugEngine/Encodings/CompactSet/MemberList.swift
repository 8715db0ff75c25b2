internal import SnugMemory

/// The members of a small set, read where they lie in the order in which they were added, or the elements of a small
/// list in theirs: what OBJECT ENCODING calls `listpack`.
///
///     ┌──────┬────────┬────────┬─────┐
///     │ 0x7d │ member │ member │  …  │       members are values of a compact hash (`CompactHashLayout`)
///     └──────┴────────┴────────┴─────┘       a list begins with 0x7c
///
/// A place is the offset of a member's first byte. Equal members have equal bytes, so that one is found by comparing
/// heads first and texts only where those agree.
struct MemberList: ~Escapable, BitwiseCopyable {
    private let bytes: RawSpan

    static let firstOffset = 1

    /// `bytes` are all bytes of the set, the type's included.
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan) {
        self.bytes = bytes
    }

    var endOffset: Int { bytes.byteCount }

    /// The place behind the member at `offset`.
    @inline(__always)
    func offset(after offset: Int) -> Int { offset + CompactHashLayout.valueByteCount(in: bytes, at: offset) }

    /// The member at `offset`.
    @inline(__always) @_lifetime(copy self)
    func member(at offset: Int) -> StringValue { CompactHashLayout.value(in: bytes, at: offset) }

    /// How many members there are. A walk.
    var count: Int {
        var count = 0
        var offset = Self.firstOffset
        while offset < endOffset {
            offset = self.offset(after: offset)
            count += 1
        }
        return count
    }

    /// The place of the member of an index, which must be below the count. A walk.
    func offset(ofIndex index: Int) -> Int {
        var offset = Self.firstOffset
        for _ in 0..<index { offset = self.offset(after: offset) }
        return offset
    }

    /// Where `member` lies, nil when it is not there, and how many members stand before it. A walk.
    func find(_ member: borrowing CompactHashItem) -> (range: Range<Int>?, before: Int) {
        var offset = Self.firstOffset
        var before = 0
        while offset < endOffset {
            let next = self.offset(after: offset)
            if isEqual(member, at: offset, end: next) { return (offset..<next, before) }
            offset = next
            before += 1
        }
        return (nil, before)
    }

    /// Whether the member from `offset` to `end` is this item.
    @inline(__always)
    func isEqual(_ member: borrowing CompactHashItem, at offset: Int, end: Int) -> Bool {
        bytes[offset] == member.firstByte && member.isEqual(to: bytes, at: offset, count: end - offset)
    }

    func contains(_ member: RawSpan) -> Bool {
        find(CompactHashItem(value: StringValue(reading: member))).range != nil
    }
}

internal import SnugMemory

/// What a list does with the listpacks that are its nodes.
extension Listpack {
    /// Appends the `count` elements that lie in `range` of another listpack, as they are.
    mutating func append(elementsOf other: Listpack, _ range: Range<Int>, count: Int) {
        let before = byteCount
        let after = before + range.count
        makeRoom(after)
        block.store(other.block.bytes(at: range.lowerBound, count: range.count, of: other), at: before - 1)
        block.store(ListpackLayout.end, at: after - 1)
        block.store(UInt32(after).littleEndian, at: 0)
        adjustCount(by: count)
    }

    /// The place of an element that reads as `text`, whose value is `integer` if it has one: the first from `offset`
    /// on, or when `reversed` the last before it. Nil when there is none.
    func find(_ text: RawSpan, _ integer: Int64?, from offset: Int, reversed: Bool) -> Int? {
        let reader = reader(of: self)
        guard reversed else { return reader.find(text, from: offset, skipping: 0) }
        var place = offset
        while let former = reader.offset(before: place) {
            if reader.value(at: former).isEqual(to: text, integer) { return former }
            place = former
        }
        return nil
    }
}

extension StringValue {
    /// Whether the value reads as `text`, whose value is `integer` if it has one.
    @inline(__always)
    borrowing func isEqual(to text: RawSpan, _ integer: Int64?) -> Bool {
        switch copy self {
        case .integer(let value): value == integer
        case .bytes(let bytes): bytes.isEqual(to: text)
        }
    }
}

internal import SnugMemory

/// Buffers in which entries of streams are put together, shared by all streams of a partition.
struct StreamScratch: ~Copyable {
    /// The fields of an entry that begins a node, as a node keeps them.
    var fields = GrowableBytes()
    /// The values of an entry, or its fields and values, as a node keeps them.
    var items = GrowableBytes()
    /// Where entries of a node begin, four bytes each, for walks from the back.
    var offsets = GrowableBytes()

    /// Gives back what a long entry has needed.
    mutating func giveBack() {
        fields.removeAll(keepingAtMost: Self.keptByteCountMax)
        items.removeAll(keepingAtMost: Self.keptByteCountMax)
    }

    /// The most bytes of a buffer that are kept for the next entry.
    static let keptByteCountMax = 1 << 16

    var allocatedByteCount: Int { fields.capacity + items.capacity + offsets.capacity }
}

/// An entry that is being added. Its pairs are given twice: first to be measured, then to be written.
package struct StreamAddition: BitwiseCopyable {
    package let pairCount: Int
    /// The node that it would be added to.
    let node: StreamNode?
    /// Bytes of all fields and values together.
    package fileprivate(set) var byteCount = 0
    /// The longest field or value.
    fileprivate(set) var longest = 0
    /// Whether all fields so far are those of the node.
    fileprivate(set) var hasNodeFields: Bool
    /// Where the node's next field lies.
    fileprivate var fieldOffset = StreamNode.headerByteCount
    /// Whether the entry begins a node.
    var beginsNode = false
    /// Bytes of the listpack elements that Redis has for the entry, its id counted as that of the node.
    fileprivate(set) var listpackByteCount = 0
    /// Bytes of those of the node's fields and their count, of an entry that begins a node.
    fileprivate(set) var fieldsListpackByteCount = 0

    init(pairCount: Int, node: StreamNode?) {
        self.pairCount = pairCount
        self.node = node
        hasNodeFields = node?.fieldCount == pairCount
    }

    /// Notes a pair.
    mutating func measure(_ field: RawSpan, _ value: RawSpan) {
        byteCount += field.byteCount + value.byteCount
        longest = max(longest, field.byteCount, value.byteCount)
        guard hasNodeFields, let node else { return }
        let bytes = node.block.bytes(at: 0, count: node.entriesOffset, of: node.block)
        let count = Int(bytes.number(at: &fieldOffset))
        hasNodeFields = bytes.slice(from: fieldOffset, count: count).isEqual(to: field)
        fieldOffset += count
    }

    /// Prepares for writing the pairs.
    mutating func beginWriting(_ scratch: inout StreamScratch) {
        scratch.items.truncate(to: 0)
        scratch.fields.truncate(to: 0)
        if beginsNode {
            hasNodeFields = true
            fieldsListpackByteCount = StreamNodeLength.element(Int64(pairCount))
        }
        // The marks, both parts of the id, and how many elements there are.
        let elementCount = hasNodeFields ? pairCount + 3 : 2 * pairCount + 4
        listpackByteCount = 3 * StreamNodeLength.element(0) + StreamNodeLength.element(Int64(elementCount))
        if !hasNodeFields { listpackByteCount += StreamNodeLength.element(Int64(pairCount)) }
    }

    mutating func write(_ field: RawSpan, _ value: RawSpan, _ scratch: inout StreamScratch) {
        if beginsNode {
            scratch.fields.append(number: UInt64(field.byteCount))
            scratch.fields.append(field)
            fieldsListpackByteCount += StreamNodeLength.element(StringValue(reading: field))
        } else if !hasNodeFields {
            write(field, &scratch)
        }
        write(value, &scratch)
    }

    private mutating func write(_ item: RawSpan, _ scratch: inout StreamScratch) {
        let value = StringValue(reading: item)
        listpackByteCount += StreamNodeLength.element(value)
        CompactHashItem(value: value).append(to: &scratch.items)
    }
}

extension GrowableBytes {
    /// Appends a number in LEB128.
    fileprivate mutating func append(number: UInt64) {
        var rest = number
        while rest > 0x7f {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }
}

extension RawSpan {
    /// The number in LEB128 at `offset`, which goes on behind it.
    @inline(__always)
    func number(at offset: inout Int) -> UInt64 {
        let first = self[offset]
        offset &+= 1
        return first < 0x80 ? UInt64(first) : number(from: first & 0x7f, &offset)
    }

    private func number(from low: UInt8, _ offset: inout Int) -> UInt64 {
        var number = UInt64(low)
        var shift: UInt64 = 7
        while true {
            let byte = self[offset]
            offset &+= 1
            number |= UInt64(byte & 0x7f) &<< shift
            if byte < 0x80 { return number }
            shift += 7
        }
    }
}

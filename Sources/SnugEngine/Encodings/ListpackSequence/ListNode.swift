internal import SnugMemory

/// A node of a `ListpackSequence` as the word that stands in its tree: the bits of a block, which are even, and in the
/// lowest of them whether the node is plain.
///
/// - A node is a listpack of one or more elements.
/// - A plain node is one element in a `LongString`, because it is too large for the limit.
struct ListNode: BitwiseCopyable {
    let word: UInt64

    init(word: UInt64) {
        self.word = word
    }

    init(_ listpack: Listpack) {
        word = listpack.block.bits
    }

    init(plain string: LongString) {
        word = string.block.bits | 1
    }

    var isPlain: Bool { word & 1 != 0 }

    private var block: Block {
        guard let block = Block(bits: word & ~1) else { preconditionFailure("a node without a block") }
        return block
    }

    /// The node's listpack; it must not be plain.
    var listpack: Listpack {
        assert(!isPlain)
        return Listpack(block: block)
    }

    /// The element of a plain node.
    var string: LongString {
        assert(isPlain)
        return LongString(block: block)
    }

    /// Bytes that the allocator set aside.
    var allocatedByteCount: Int { block.allocatedByteCount }

    /// Bytes in use, the header included.
    var byteCount: Int { isPlain ? LongString.headerByteCount + string.byteCount : listpack.byteCount }

    /// What a node takes: bytes that the allocator set aside, and bytes of its elements in a listpack.
    struct Size {
        let allocated: Int
        let elements: Int
    }

    var size: Size {
        Size(
            allocated: allocatedByteCount,
            elements: isPlain ? plainByteCount : byteCount - ListpackLayout.emptyByteCount)
    }

    /// Bytes that a plain node's element would have in a listpack.
    private var plainByteCount: Int { ListpackElements(.bytes(string.bytes(of: self))).byteCount }

    func free() { block.free() }

    /// The node in fuller pages, or nil when it stays.
    func compacted(using compactor: inout BlockCompactor) -> ListNode? {
        compactor.move(block, used: byteCount).map { ListNode(word: $0.bits | word & 1) }
    }

    /// The place of element `index` of a listpack of `count` elements; `index` may be the count. A walk from the nearer
    /// end.
    static func offset(of index: Int, in reader: ListpackReader, count: Int) -> Int {
        if index <= count / 2 {
            var offset = reader.firstOffset
            for _ in 0..<index { offset = reader.offset(after: offset) }
            return offset
        }
        var offset = reader.endOffset
        for _ in index..<count { offset = reader.offset(before: offset) ?? reader.firstOffset }
        return offset
    }
}

internal import SnugMemory

/// A string in a block of its own, because it is too long for a pack.
///
///     ┌──────────────┬───────┐
///     │ byte count 8 │ bytes │
///     └──────────────┴───────┘
struct LongString: BitwiseCopyable {
    private(set) var block: Block
    static let headerByteCount = 8

    init(block: Block) {
        self.block = block
    }

    /// A string of `byteCount` bytes, which the caller fills.
    static func make(byteCount: Int) -> LongString {
        let string = LongString(block: .allocate(byteCount: headerByteCount + byteCount))
        string.block.store(UInt64(byteCount), at: 0)
        return string
    }

    /// A string of these bytes.
    static func make(of bytes: RawSpan) -> LongString {
        let string = make(byteCount: bytes.byteCount)
        string.store(bytes, at: 0)
        return string
    }

    var byteCount: Int { Int(block.load(UInt64.self, at: 0)) }

    @_lifetime(borrow owner)
    func bytes<Owner: ~Copyable & ~Escapable>(of owner: borrowing Owner) -> RawSpan {
        block.bytes(at: Self.headerByteCount, count: byteCount, of: owner)
    }

    /// Writes bytes over the string from `offset` on.
    func store(_ bytes: RawSpan, at offset: Int) { block.store(bytes, at: Self.headerByteCount + offset) }

    func fill(_ byte: UInt8, at offset: Int, byteCount: Int) {
        block.fill(byte, at: Self.headerByteCount + offset, byteCount: byteCount)
    }

    /// Makes the string longer or shorter; what is added is not initialised. The allocator's size classes are a fifth
    /// to a quarter apart, so growing in a loop moves the bytes a logarithmic number of times.
    mutating func resize(to byteCount: Int) {
        let needed = Self.headerByteCount + byteCount
        let held = block.allocatedByteCount
        if needed > held || needed <= held - max(16, held / 4) { block = block.resized(to: needed) }
        block.store(UInt64(byteCount), at: 0)
    }

    /// From so many bytes on, zeros that a string grows by are left to the system, which makes a page of memory when it
    /// is first written.
    private static let untouchedByteCountMin = 1 << 20

    /// Makes the string longer. What is added is zero as far as `offset`, behind which the caller writes all of it.
    mutating func grow(to byteCount: Int, writtenFrom offset: Int) {
        let former = self.byteCount
        if offset - former >= Self.untouchedByteCountMin, Self.headerByteCount + byteCount > block.allocatedByteCount {
            let zeros = Block.allocateZeroed(byteCount: Self.headerByteCount + byteCount)
            zeros.store(block.bytes(at: Self.headerByteCount, count: former, of: block), at: Self.headerByteCount)
            block.free()
            block = zeros
            block.store(UInt64(byteCount), at: 0)
        } else {
            resize(to: byteCount)
            if offset > former { fill(0, at: former, byteCount: offset - former) }
        }
    }
}

extension Reference {
    init(_ string: LongString, isRaw: Bool) {
        self.init(kind: isRaw ? .rawBytes : .bytes, word: string.block.bits)
    }

    /// A reference to compact bytes.
    init(compact string: LongString) {
        self.init(kind: .compact, word: string.block.bits)
    }

    init(_ table: Box<FieldTable>) {
        self.init(kind: .table, word: table.bits)
    }

    init(_ table: Box<MemberTable>) {
        self.init(kind: .memberTable, word: table.bits)
    }

    init(_ table: Box<ListTable>) {
        self.init(kind: .listTable, word: table.bits)
    }

    init(_ table: Box<SortedSetTable>) {
        self.init(kind: .sortedSetTable, word: table.bits)
    }

    init(_ stream: Box<EntryStream>) {
        self.init(kind: .stream, word: stream.bits)
    }

    var block: Block {
        guard let block = Block(bits: word) else { preconditionFailure("a reference to nothing") }
        return block
    }

    var string: LongString { LongString(block: block) }
    var table: Box<FieldTable> { Box(bits: word) }
    var memberTable: Box<MemberTable> { Box(bits: word) }
    var listTable: Box<ListTable> { Box(bits: word) }
    var sortedSetTable: Box<SortedSetTable> { Box(bits: word) }
    var stream: Box<EntryStream> { Box(bits: word) }

    /// Bytes that the allocator set aside for the value.
    var allocatedByteCount: Int {
        switch kind {
        case .bytes, .rawBytes, .compact: block.allocatedByteCount
        case .table: table.value.allocatedByteCount
        case .memberTable: memberTable.value.allocatedByteCount
        case .listTable: listTable.value.allocatedByteCount
        case .sortedSetTable: sortedSetTable.value.allocatedByteCount
        case .stream: stream.value.allocatedByteCount
        }
    }

    /// Gives the value's memory back. The uses of a compact hash's names are the caller's.
    func release() {
        switch kind {
        case .bytes, .rawBytes, .compact: block.free()
        case .table: table.destroy()
        case .memberTable: memberTable.destroy()
        case .listTable: listTable.destroy()
        case .sortedSetTable: sortedSetTable.destroy()
        case .stream: stream.destroy()
        }
    }
}

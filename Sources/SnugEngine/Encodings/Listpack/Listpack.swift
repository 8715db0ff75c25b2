package import SnugMemory

/// A listpack in a block of its own (see `ListpackLayout` for the bytes). A handle like `Block`: the entry that keeps
/// the block's bits owns it and stores them again after every change, because a change may move the block.
///
/// Memory: a block grows to what it needs and the allocator rounds that up to its size class, which are a fifth to a
/// quarter apart; so appending in a loop moves the block a logarithmic number of times, and at most a fifth of it is
/// unused. It shrinks when a change leaves a quarter unused.
package struct Listpack: BitwiseCopyable {
    package private(set) var block: Block
    /// How much more the allocator has set aside since this handle was made.
    private(set) var allocationChange = 0

    /// The listpack in `block`, which must hold one.
    init(block: Block) {
        self.block = block
    }

    /// The listpack whose block has these bits.
    init(bits: UInt64) {
        guard let block = Block(bits: bits) else { preconditionFailure("a listpack without a block") }
        self.block = block
    }

    /// An empty listpack in a new block with room for `reserving` bytes of elements.
    static func make(reserving byteCount: Int = 0) -> Listpack {
        let block = Block.allocate(byteCount: ListpackLayout.emptyByteCount + byteCount)
        block.store(UInt32(ListpackLayout.emptyByteCount).littleEndian, at: 0)
        block.store(UInt16(0), at: ListpackLayout.countOffset)
        block.store(ListpackLayout.end, at: ListpackLayout.headerByteCount)
        return Listpack(block: block)
    }

    /// Bytes of the listpack, its header and end included.
    @inline(__always)
    var byteCount: Int { Int(UInt32(littleEndian: block.load(UInt32.self, at: 0))) }

    /// Where an appended element goes.
    var endOffset: Int { byteCount - 1 }

    /// A reader, borrowed from whatever owns the block.
    @inline(__always) @_lifetime(borrow owner)
    func reader<Owner: ~Copyable & ~Escapable>(of owner: borrowing Owner) -> ListpackReader {
        ListpackReader(trusting: block.bytes(at: 0, count: byteCount, of: owner))
    }

    // MARK: Changing

    /// Puts `elements` in the place of the `removed` elements that lie in `range`, which must begin and end at places.
    /// The only primitive that changes a listpack. `elements` must not lie in this listpack's block. Costs a move of
    /// the bytes behind the range.
    mutating func replace(_ range: Range<Int>, removing removed: Int, with elements: borrowing ListpackElements) {
        let before = byteCount
        let added = elements.byteCount
        let after = before - range.count + added
        if added > range.count { makeRoom(after) }
        let tail = before - range.upperBound
        if added != range.count {
            block.move(from: range.upperBound, to: range.lowerBound + added, byteCount: tail)
        }
        elements.write(to: block, at: range.lowerBound)
        block.store(UInt32(after).littleEndian, at: 0)
        adjustCount(by: elements.count - removed)
        if added < range.count { giveBack() }
    }

    mutating func append(_ elements: borrowing ListpackElements) {
        replace(endOffset..<endOffset, removing: 0, with: elements)
    }

    /// Puts `elements` before the element at `offset`.
    mutating func insert(_ elements: borrowing ListpackElements, at offset: Int) {
        replace(offset..<offset, removing: 0, with: elements)
    }

    /// Removes the `count` elements that lie in `range`.
    mutating func delete(_ range: Range<Int>, count: Int) {
        replace(range, removing: count, with: ListpackElements())
    }

    /// Gives back what the block has beyond its bytes when that is a quarter of it and 16 bytes or more. Size classes
    /// are nearer to each other than that, so that no block is resized in vain at each change.
    mutating func giveBack() {
        let needed = byteCount
        let held = block.allocatedByteCount
        if needed <= held - max(16, held / 4) { resize(to: needed, from: held) }
    }

    mutating func makeRoom(_ needed: Int) {
        precondition(needed <= Int(UInt32.max), "a listpack beyond its format")
        let held = block.allocatedByteCount
        if needed > held { resize(to: needed, from: held) }
    }

    private mutating func resize(to byteCount: Int, from held: Int) {
        block = block.resized(to: byteCount)
        allocationChange += block.allocatedByteCount - held
    }

    func adjustCount(by change: Int) {
        let stored = Int(UInt16(littleEndian: block.load(UInt16.self, at: ListpackLayout.countOffset)))
        guard change != 0 && stored != ListpackLayout.unknownCount else { return }
        let count = UInt16(min(stored + change, ListpackLayout.unknownCount))
        block.store(count.littleEndian, at: ListpackLayout.countOffset)
    }
}

/// Up to two elements to be written, with the lengths of their encodings: what one change of a listpack puts in.
struct ListpackElements: ~Escapable {
    let count: Int
    private let first: StringValue
    private let firstByteCount: Int
    private let second: StringValue
    private let secondByteCount: Int

    @_lifetime(immortal)
    init() {
        count = 0
        first = .integer(0)
        second = .integer(0)
        firstByteCount = 0
        secondByteCount = 0
    }

    @_lifetime(copy value)
    init(_ value: StringValue) {
        count = 1
        firstByteCount = ListpackLayout.encodingByteCount(of: value)
        secondByteCount = 0
        first = value
        second = .integer(0)
    }

    @_lifetime(copy first, copy second)
    init(_ first: StringValue, _ second: StringValue) {
        count = 2
        firstByteCount = ListpackLayout.encodingByteCount(of: first)
        secondByteCount = ListpackLayout.encodingByteCount(of: second)
        self.first = first
        self.second = second
    }

    /// Bytes of the elements, back lengths included.
    var byteCount: Int {
        (count > 0 ? ListpackLayout.elementByteCount(ofEncoding: firstByteCount) : 0)
            + (count > 1 ? ListpackLayout.elementByteCount(ofEncoding: secondByteCount) : 0)
    }

    func write(to block: Block, at offset: Int) {
        guard count > 0 else { return }
        let next = ListpackLayout.write(first, firstByteCount, to: block, at: offset)
        if count > 1 { _ = ListpackLayout.write(second, secondByteCount, to: block, at: next) }
    }
}

extension StringValue {
    /// The value that `text` stands for: an integer when it is one in canonical form.
    @inline(__always) @_lifetime(copy text)
    package init(reading text: RawSpan) {
        if let integer = text.canonicalInteger {
            self = .integer(integer)
        } else {
            self = .bytes(text)
        }
    }
}

extension Listpack {
    /// The bytes of a listpack of `elements`, for files and for tests.
    package static func bytes(of elements: [[UInt8]]) -> [UInt8] {
        var listpack = make()
        defer { listpack.block.free() }
        for element in elements {
            let value = StringValue(reading: element.rawBytes)
            listpack.append(ListpackElements(value))
        }
        return listpack.block.bytes(at: 0, count: listpack.byteCount, of: listpack.block).makeArray()
    }
}

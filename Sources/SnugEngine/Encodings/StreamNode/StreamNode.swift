internal import SnugMemory

/// Some entries of a stream, in the order of their ids: the field names of the first, which most share, and each
/// entry's id as it is counted from the first's.
///
///     offset 0          16        32      36     40      44        48         52       56        60
///            ┌──────────┬─────────┬───────┬──────┬───────┬─────────┬──────────┬────────┬─────────┬────────┬─────────┐
///            │ first id │ last id │ bytes │ room │ count │ deleted │ listpack │ fields │ entries │ fields │ entries │
///            │ 8 + 8    │ 8 + 8   │ 4     │ 4    │ 4     │ 4       │ bytes 4  │ 4      │ at 4    │        │         │
///            └──────────┴─────────┴───────┴──────┴───────┴─────────┴──────────┴────────┴─────────┴────────┴─────────┘
///
///     field  ┌──────────────┬───────┐       entry  ┌──────────┬─────────────────┬──────────────────────────┐
///            │ byte count * │ bytes │              │ head *   │ sequence *      │ values, in the order of  │
///            └──────────────┴───────┘              │          │ if the head says│ the node's fields        │
///                                                  ├──────────┼─────────────────┼─────────┬────────────────┤
///                                                  │ head *   │ as above        │ pairs * │ field value …  │
///                                                  └──────────┴─────────────────┴─────────┴────────────────┘
///     head   milliseconds since the first id · 4 + (a sequence follows ? 2 : 0) + (fields of its own ? 1 : 0)
///
/// Numbers with a star are in LEB128, seven bits a byte, the lowest first. The sequence is counted from the first id's
/// within the first millisecond, from 0 later, and left out when that gives 0. Values, and fields that an entry has of
/// its own, are values of a compact hash (`CompactHashLayout`): `XADD readings * sensor 7 temp 215 hum 40` takes 6 or 7
/// bytes in a node whose entries all have these fields, where a listpack takes 20.
///
/// Deleted entries are gone; how many they were, the last id that was ever there, and how many bytes the same node has
/// in Redis, which keeps what is deleted until the whole node goes, are noted. So nodes end where Redis's end, and what
/// `XTRIM ~` removes is the same.
///
/// Invariants:
/// - I1: ids rise strictly; all are at least the first id and at most the last.
/// - I2: `count` is that of the entries, above 0; `bytes` ends the last one.
/// - I3: an entry whose fields are the node's, in their order, has none of its own.
struct StreamNode: BitwiseCopyable {
    static let headerByteCount = 60

    private(set) var block: Block

    init(bits: UInt64) {
        guard let block = Block(bits: bits) else { preconditionFailure("a node without a block") }
        self.block = block
    }

    /// A node of one entry with the fields and values that `scratch` has.
    init(_ id: StreamID, _ entry: StreamAddition, _ scratch: borrowing StreamScratch) {
        let start = Self.headerByteCount + scratch.fields.count
        let byteCount = start + 1 + scratch.items.count
        block = .allocate(byteCount: byteCount)
        firstID = id
        lastID = id
        set(byteCount, at: 32)
        noteRoom()
        set(1, at: 40)
        set(0, at: 44)
        set(StreamNodeLength.empty + entry.fieldsListpackByteCount + entry.listpackByteCount, at: 48)
        set(entry.pairCount, at: 52)
        set(start, at: 56)
        block.store(scratch.fields.bytes, at: Self.headerByteCount)
        block.store(UInt8(0), at: start)
        block.store(scratch.items.bytes, at: start + 1)
    }

    private func number(at offset: Int) -> Int { Int(block.load(UInt32.self, at: offset)) }
    private func set(_ number: Int, at offset: Int) { block.store(UInt32(number), at: offset) }
    private func noteRoom() { set(block.allocatedByteCount, at: 36) }

    private(set) var firstID: StreamID {
        @inline(__always) get {
            StreamID(milliseconds: block.load(UInt64.self, at: 0), sequence: block.load(UInt64.self, at: 8))
        }
        nonmutating set {
            block.store(newValue.milliseconds, at: 0)
            block.store(newValue.sequence, at: 8)
        }
    }

    /// The last id that was ever in the node.
    private(set) var lastID: StreamID {
        @inline(__always) get {
            StreamID(milliseconds: block.load(UInt64.self, at: 16), sequence: block.load(UInt64.self, at: 24))
        }
        nonmutating set {
            block.store(newValue.milliseconds, at: 16)
            block.store(newValue.sequence, at: 24)
        }
    }

    var bits: UInt64 { block.bits }
    /// Bytes in use, and as many as the allocator set aside.
    var byteCount: Int { number(at: 32) }
    var allocatedByteCount: Int { number(at: 36) }
    /// How many entries there are, and how many there were besides.
    var count: Int { number(at: 40) }
    var deletedCount: Int { number(at: 44) }
    /// How many fields the first entry has or had.
    var fieldCount: Int { number(at: 52) }
    /// Where the first entry begins.
    var entriesOffset: Int { number(at: 56) }

    /// Bytes of the listpack that Redis would have for this node.
    var listpackByteCount: Int {
        number(at: 48) + StreamNodeLength.element(Int64(count)) + StreamNodeLength.element(Int64(deletedCount))
    }

    @_lifetime(borrow owner)
    func reader<Owner: ~Copyable & ~Escapable>(of owner: borrowing Owner) -> StreamNodeReader {
        StreamNodeReader(block.bytes(at: 0, count: byteCount, of: owner), firstID, fieldCount, entriesOffset)
    }

    // MARK: Changing

    /// Adds an entry behind the others; `id` must be above the last id that was there.
    mutating func append(_ id: StreamID, _ entry: StreamAddition, _ scratch: borrowing StreamScratch) {
        let first = firstID
        let milliseconds = id.milliseconds &- first.milliseconds
        let sequence = milliseconds == 0 ? id.sequence &- first.sequence : id.sequence
        let start = byteCount
        // The longest head and count take 25 bytes.
        reserve(start + 25 + scratch.items.count)
        var offset = start
        let marks: UInt8 = (sequence == 0 ? 0 : 2) | (entry.hasNodeFields ? 0 : 1)
        storeHead(milliseconds, marks, at: &offset)
        if sequence != 0 { store(sequence, at: &offset) }
        if !entry.hasNodeFields { store(UInt64(entry.pairCount), at: &offset) }
        block.store(scratch.items.bytes, at: offset)
        set(offset + scratch.items.count, at: 32)
        set(count + 1, at: 40)
        let byteCount =
            entry.listpackByteCount + StreamNodeLength.element(Int64(bitPattern: milliseconds))
            + StreamNodeLength.element(Int64(bitPattern: id.sequence &- first.sequence))
            - 2 * StreamNodeLength.element(0)
        set(number(at: 48) + byteCount, at: 48)
        lastID = id
    }

    private mutating func reserve(_ byteCount: Int) {
        guard byteCount > allocatedByteCount else { return }
        block = block.resized(to: byteCount)
        noteRoom()
    }

    private func storeHead(_ milliseconds: UInt64, _ marks: UInt8, at offset: inout Int) {
        let rest = milliseconds >> 5
        block.store(marks | UInt8(milliseconds & 31) << 2 | (rest == 0 ? 0 : 0x80), at: offset)
        offset += 1
        if rest != 0 { store(rest, at: &offset) }
    }

    private func store(_ number: UInt64, at offset: inout Int) {
        var rest = number
        while rest > 0x7f {
            block.store(UInt8(truncatingIfNeeded: rest) | 0x80, at: offset)
            rest >>= 7
            offset += 1
        }
        block.store(UInt8(rest), at: offset)
        offset += 1
    }

    /// Takes out the `removed` entries that lie in `range`. Others must be left.
    mutating func remove(_ range: Range<Int>, count removed: Int) {
        precondition(removed < count, "a node without entries")
        block.move(from: range.upperBound, to: range.lowerBound, byteCount: byteCount - range.upperBound)
        let left = byteCount - range.count
        set(left, at: 32)
        set(count - removed, at: 40)
        set(deletedCount + removed, at: 44)
        if left + 64 < allocatedByteCount / 4 * 3 { fit() }
    }

    /// Gives back what is set aside and not in use.
    mutating func fit() {
        block = block.resized(to: byteCount)
        noteRoom()
    }

    /// An equal node in a block of its own.
    func copied() -> StreamNode {
        let copy = Block.allocate(byteCount: byteCount)
        copy.store(block.bytes(at: 0, count: byteCount, of: block), at: 0)
        let node = StreamNode(bits: copy.bits)
        node.noteRoom()
        return node
    }
}

/// How long elements of listpacks are, for the ends of nodes.
enum StreamNodeLength {
    /// A listpack with the terminator of a node's fields and nothing else, but for the two counts.
    static let empty = ListpackLayout.emptyByteCount + 2

    /// Bytes of an integer's element.
    @inline(__always)
    static func element(_ integer: Int64) -> Int {
        if integer >= 0 && integer < 128 { return 2 }
        return ListpackLayout.elementByteCount(ofEncoding: ListpackLayout.encodingByteCount(ofInteger: integer))
    }

    /// Bytes of the element of a string.
    @inline(__always)
    static func element(_ value: StringValue) -> Int {
        ListpackLayout.elementByteCount(ofEncoding: ListpackLayout.encodingByteCount(of: value))
    }
}

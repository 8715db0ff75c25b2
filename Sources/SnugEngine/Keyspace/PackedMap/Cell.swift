internal import SnugMemory

/// What a record's payload is.
enum CellKind: UInt8 {
    /// An `Int64`: its zigzag form without leading zero bytes.
    case integer = 0
    /// Bytes as SET stored them.
    case bytes = 1
    /// Bytes that a command changed in place.
    case rawBytes = 2
    /// Bytes of 64 characters, six bits each; the character count is 0, 1 or 2 modulo 4.
    case packed = 3
    /// The same for counts that are 3 modulo 4, whose packed form is as long as that of one character more.
    case packedShort = 4
    /// A small value that is no string (`CompactType`).
    case compact = 5
    /// A value in a block of its own: a byte that says what it is and the eight bytes of a word (`Reference`).
    case reference = 6

    /// Whether records with equal payloads may have one cell. Not those that are changed in place.
    var mayBeShared: Bool { rawValue <= Self.packedShort.rawValue && self != .rawBytes }
}

/// A value outside the pack.
struct Reference: BitwiseCopyable, Equatable {
    enum Kind: UInt8 {
        /// A `LongString` as SET stored it.
        case bytes = 0
        /// A `LongString` that a command changed in place.
        case rawBytes = 1
        /// A `LongString` of compact bytes (`CompactType`) that are too many for a pack.
        case compact = 2
        /// A hash in a `FieldTable`.
        case table = 3
        /// A set in a `MemberTable`.
        case memberTable = 4
        /// A list in a `ListTable`.
        case listTable = 5
        /// A sorted set in a `SortedSetTable`.
        case sortedSetTable = 6
        /// An `EntryStream`.
        case stream = 7
    }

    var kind: Kind
    /// The bits of a `Block` or `Box` that this record alone refers to.
    var word: UInt64

    static let byteCount = 9
}

/// A record's payload where it lies. Valid until the map changes.
struct Cell: BitwiseCopyable {
    let kind: CellKind
    /// The integer, or 0.
    let integer: Int64
    let block: Block
    let offset: Int
    let byteCount: Int

    @inline(__always)
    init(kind: CellKind, block: Block, offset: Int, byteCount: Int) {
        self.kind = kind
        self.block = block
        self.offset = offset
        self.byteCount = byteCount
        integer = kind == .integer ? unzigzag(block.loadInteger(at: offset, byteCount: byteCount)) : 0
    }

    @inline(__always)
    init(integer: Int64, block: Block, offset: Int) {
        kind = .integer
        self.integer = integer
        self.block = block
        self.offset = offset
        byteCount = significantByteCount(zigzag(integer))
    }

    var reference: Reference {
        guard let kind = Reference.Kind(rawValue: block.load(UInt8.self, at: offset)) else {
            preconditionFailure("a reference of no kind")
        }
        return Reference(kind: kind, word: block.load(UInt64.self, at: offset + 1))
    }

    func storeReference(_ reference: Reference) {
        block.store(reference.kind.rawValue, at: offset)
        block.store(reference.word, at: offset + 1)
    }

    /// The payload's bytes; the kind must not be `integer`.
    @_lifetime(borrow owner)
    func bytes<Owner: ~Copyable & ~Escapable>(of owner: borrowing Owner) -> RawSpan {
        block.bytes(at: offset, count: byteCount, of: owner)
    }
}

/// A payload that is about to be stored.
struct Payload: ~Escapable {
    let kind: CellKind
    let integer: Int64
    let bytes: RawSpan
    let byteCount: Int

    @_lifetime(immortal)
    init(integer: Int64) {
        kind = .integer
        self.integer = integer
        bytes = RawSpan()
        byteCount = significantByteCount(zigzag(integer))
    }

    /// The bytes must be those of the kind.
    @_lifetime(copy bytes)
    init(_ kind: CellKind, _ bytes: RawSpan) {
        self.kind = kind
        integer = 0
        self.bytes = bytes
        byteCount = bytes.byteCount
    }

    /// Writes the payload's bytes, `byteCount` of them.
    func store(to block: Block, at offset: Int) {
        if kind == .integer {
            block.storeInteger(zigzag(integer), at: offset, byteCount: byteCount)
        } else {
            block.store(bytes, at: offset)
        }
    }
}

/// A cell's head: what it is and how many bytes follow.
///
///     kkknnnnn             up to 28 bytes
///     kkk11101 n           29 … 284
///     kkk11110 n n         up to 65,535
enum CellHead {
    private static let direct = 28
    private static let oneByte: UInt8 = 29
    private static let twoBytes: UInt8 = 30
    /// The longest payload that has a cell.
    static let payloadByteCountMax = 65_535

    static func byteCount(ofPayload count: Int) -> Int { count <= direct ? 1 : count <= direct + 256 ? 2 : 3 }

    static func write(_ kind: CellKind, _ count: Int, to block: Block, at offset: Int) {
        let tag = kind.rawValue << 5
        switch count {
        case ...direct: block.store(tag | UInt8(count), at: offset)
        case ...(direct + 256):
            block.store(tag | oneByte, at: offset)
            block.store(UInt8(count - direct - 1), at: offset + 1)
        default:
            block.store(tag | twoBytes, at: offset)
            block.store(UInt16(count), at: offset + 1)
        }
    }

    /// The cell whose head is at `offset`.
    @inline(__always)
    static func read(_ block: Block, at offset: Int) -> Cell {
        let head = block.load(UInt8.self, at: offset)
        guard let kind = CellKind(rawValue: head >> 5) else { preconditionFailure("a cell of no kind") }
        let code = head & 31
        if code <= direct { return Cell(kind: kind, block: block, offset: offset &+ 1, byteCount: Int(code)) }
        if code == oneByte {
            let count = Int(block.load(UInt8.self, at: offset &+ 1)) &+ direct &+ 1
            return Cell(kind: kind, block: block, offset: offset &+ 2, byteCount: count)
        }
        let count = Int(block.load(UInt16.self, at: offset &+ 1))
        return Cell(kind: kind, block: block, offset: offset &+ 3, byteCount: count)
    }

    /// Where the cell behind the one at `offset` begins.
    @inline(__always)
    static func end(_ block: Block, at offset: Int) -> Int {
        let head = block.load(UInt8.self, at: offset)
        let code = head & 31
        if code <= direct { return offset &+ 1 &+ Int(code) }
        if code == oneByte { return offset &+ 3 &+ direct &+ Int(block.load(UInt8.self, at: offset &+ 1)) }
        return offset &+ 3 &+ Int(block.load(UInt16.self, at: offset &+ 1))
    }
}

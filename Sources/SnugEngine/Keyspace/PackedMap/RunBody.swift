internal import SnugMemory

/// The records of a run, read from where they lie. Valid until the map changes.
///
/// The body is what follows the key's parts in a run (`RunHead`). What it looks like is said by the head's *form*:
///
///     0 … 6   single            the key has no index; the form is the payload's kind
///             ┌─────────┐
///             │ payload │
///             └─────────┘
///     7       with more, a single unless the kind is 7
///             ┌──────────────────────────────────────────┬─────────────┬──────────┬─────────┐
///             │ kind, 8: expiry, 16: access data, 32·w 1 │ expiry 4, 8 │ access 3 │ payload │
///             └──────────────────────────────────────────┴─────────────┴──────────┴─────────┘
///             the expiry is a time of 8 bytes if w is 7, else the low 4 bytes of one whose higher bits are w
///             more than those of `Vocabulary.expiryBase`
///             ┌──────────────────────────┬─────────────────────────────┬──────────┬──────────┬─────────┐
///             │ 7, 8·kind's low 2, 32·w 1│ index, 64·kind's, 128:    1 │ expiry 4 │ access 3 │ payload │    lone
///             └──────────────────────────┴─────── access data ─────────┴──────────┴──────────┴─────────┘
///             no expiry if w is 7
///     8 … 14  lone              one index; the form less 8 is the payload's kind
///             ┌─────────┬─────────┐
///             │ index 1 │ payload │
///             └─────────┴─────────┘
///     15      columns           any number of indexes
///             ┌─────────┬──────────┬──────────┬────────────┬────────┐
///             │ forms 1 │ presence │ expiries │ access 3·n │ values │
///             └─────────┴──────────┴──────────┴────────────┴────────┘
///
/// The forms of the columns, each in its bits of the byte:
///
///     presence  bits 0-1   0 all 64   1 a bit each: 8 bytes   2 a count and an index each, rising
///     values    bits 2-4   0 integers ┌──────────────────┬──────┬───────────────────────────────┐
///                                     │ width, 16·base's │ base │ number less base, n times     │
///                                     │ bytes          1 │      │ (`IntegerColumn`)             │
///                                     └──────────────────┴──────┴───────────────────────────────┘
///                          1 fixed    a cell's head, then n payloads of that kind and byte count
///                          2 cells    n heads, each with its payload
///                          3 words    ┌───────────────┬───────┬─────────────────────────────┐
///                                     │ width, 4·(c-1)│ c     │ which cell, n times         │
///                                     │             1 │ cells │ (`IntegerColumn`)           │
///                                     └───────────────┴───────┴─────────────────────────────┘
///     expiries  bits 5-6   0 none     1 one for all: 8 bytes
///                          2 some     ┌────────┬─────────┬──────────────────────────────────┐
///                                     │ base 8 │ width 1 │ 0, or 1 + expiry less base: n ×  │
///                                     └────────┴─────────┴──────────────────────────────────┘
///     access    bit 7      whether three bytes of access data are there for each
///
/// Invariants:
/// - I1: records stand in the order of their indexes, in every column.
/// - I2: a run without an expiry has no column of expiries.
/// - I3: a payload that is an integer is stored as one.
struct RunBody: BitwiseCopyable {
    static let slotCount = 64
    /// Up to so many records a list of indexes takes fewer bytes than a bit for each.
    static let listedCountMax = 6

    enum Presence: UInt8 {
        case all = 0
        case bitmap = 1
        case list = 2
    }
    enum Values: UInt8 {
        case integers = 0
        case fixed = 1
        case cells = 2
        case words = 3
    }
    enum Expiries: UInt8 {
        case none = 0
        case one = 1
        case some = 2
        /// Of a single or lone record, in four bytes.
        case short = 3
    }
    /// In the place of the windows between the base and an expiry: the expiry has eight bytes, or a lone record none.
    static let noWindow: UInt8 = 7

    let block: Block
    /// Which indexes are there, a bit each; bit 0 alone for a single.
    private(set) var presence: UInt64 = 1
    private let startOffset: UInt32
    private let endOffset: UInt32
    private var valueStart: UInt32
    private var expiryStart: UInt32 = 0
    private var accessStart: UInt32 = 0
    let form: UInt8
    private(set) var presenceForm = Presence.all
    private(set) var expiryForm = Expiries.none
    private(set) var valueForm = Values.cells
    /// The high bits of a short expiry.
    private var expiryWindow: UInt16

    /// Where the body begins and ends in the block.
    var start: Int { Int(startOffset) }
    var end: Int { Int(endOffset) }
    var valueOffset: Int { Int(valueStart) }
    var expiryOffset: Int { Int(expiryStart) }
    /// Where the access data begin, 0 when there are none.
    var accessOffset: Int { Int(accessStart) }

    static let withMore: UInt8 = 7
    /// In the place of a kind: the record is a lone one.
    static let loneMark: UInt8 = 7
    /// Beside the index of such a record: there are access data.
    static let loneAccess: UInt8 = 0x80
    static let lone: UInt8 = 8
    static let columns: UInt8 = 15

    /// No records, which must not be asked for anything but whether one is there.
    static var none: RunBody {
        @inline(__always) get { RunBody() }
    }

    @inline(__always)
    private init() {
        block = .nowhere
        (presence, startOffset, endOffset, valueStart, form, expiryWindow) = (0, 0, 0, 0, 0, 0)
    }

    @inline(__always)
    init(_ block: Block, _ place: Range<Int>, form: UInt8, expiryWindow: UInt16) {
        self.block = block
        let start = place.lowerBound
        startOffset = UInt32(truncatingIfNeeded: start)
        endOffset = UInt32(truncatingIfNeeded: place.upperBound)
        valueStart = startOffset
        self.expiryWindow = expiryWindow
        self.form = form
        if form == Self.columns {
            readColumns()
        } else if form >= Self.lone {
            presence = 1 &<< UInt64(block.load(UInt8.self, at: start))
            valueStart = startOffset &+ 1
        } else {
            if form == Self.withMore { readMore() }
        }
    }

    private mutating func readMore() {
        let flags = block.load(UInt8.self, at: start)
        if flags & 7 == Self.loneMark {
            let index = block.load(UInt8.self, at: start &+ 1)
            presence = 1 &<< UInt64(index & 63)
            valueStart = startOffset &+ 2
            if flags >> 5 != Self.noWindow {
                expiryForm = .short
                expiryWindow &+= UInt16(flags >> 5)
                expiryStart = valueStart
                valueStart &+= 4
            }
            if index & Self.loneAccess != 0 {
                accessStart = valueStart
                valueStart &+= 3
            }
            return
        }
        valueStart = startOffset &+ 1
        if flags & 8 != 0 {
            expiryStart = valueStart
            if flags >> 5 == Self.noWindow {
                expiryForm = .one
                valueStart &+= 8
            } else {
                expiryForm = .short
                expiryWindow &+= UInt16(flags >> 5)
                valueStart &+= 4
            }
        }
        if flags & 16 != 0 {
            accessStart = valueStart
            valueStart &+= 3
        }
    }

    @inline(__always)
    private mutating func readColumns() {
        let forms = block.load(UInt8.self, at: start)
        var offset = start &+ 1
        switch forms & 3 {
        case 0: presence = .max
        case 1:
            presence = block.load(UInt64.self, at: offset)
            presenceForm = .bitmap
            offset &+= 8
        default:
            presenceForm = .list
            let count = Int(block.load(UInt8.self, at: offset))
            presence = 0
            for place in 0..<count { presence |= 1 &<< UInt64(block.load(UInt8.self, at: offset &+ 1 &+ place)) }
            offset &+= 1 &+ count
        }
        valueForm = Values(rawValue: forms &>> 2 & 7).unsafelyRead
        if forms & 0x60 != 0 {
            expiryStart = UInt32(truncatingIfNeeded: offset)
            if forms & 0x20 != 0 {
                expiryForm = .one
                offset &+= 8
            } else {
                expiryForm = .some
                let width = block.load(UInt8.self, at: offset &+ 8)
                offset &+= 9 &+ IntegerColumn.byteCount(width, count: count)
            }
        }
        if forms & 0x80 != 0 {
            accessStart = UInt32(truncatingIfNeeded: offset)
            offset &+= 3 &* count
        }
        valueStart = UInt32(truncatingIfNeeded: offset)
    }

    /// How many records there are.
    @inline(__always)
    var count: Int { presence.nonzeroBitCount }

    func contains(_ index: Int) -> Bool { presence &>> UInt64(index) & 1 != 0 }

    /// How many records stand before an index.
    @inline(__always)
    func rank(of index: Int) -> Int { (presence & (1 &<< UInt64(index) &- 1)).nonzeroBitCount }

    /// Whether the run's keys have an index.
    var isIndexed: Bool {
        form >= Self.lone || form == Self.withMore && block.load(UInt8.self, at: start) & 7 == Self.loneMark
    }

    /// Whether a payload can be a reference or a small hash.
    var mayReferOutside: Bool { form != Self.columns || valueForm == .fixed || valueForm == .cells }

    // MARK: Values

    /// The payload of the record of a rank.
    @inline(__always)
    func cell(at rank: Int) -> Cell {
        if form == Self.columns { return columnCell(at: rank) }
        let raw =
            form >= Self.lone
            ? form &- Self.lone
            : form == Self.withMore ? kindWithMore : form
        guard let kind = CellKind(rawValue: raw) else { preconditionFailure("a payload of no kind") }
        return Cell(kind: kind, block: block, offset: valueOffset, byteCount: end &- valueOffset)
    }

    /// Calls `body` with every record's payload, by rank. A step for each; `cell(at:)` may walk over those before.
    @inline(__always)
    func forEachCell(_ body: (Cell) -> Void) {
        guard form == Self.columns && valueForm == .cells else {
            for rank in 0..<count { body(cell(at: rank)) }
            return
        }
        var offset = valueOffset
        for _ in 0..<count {
            let cell = CellHead.read(block, at: offset)
            offset = cell.offset &+ cell.byteCount
            body(cell)
        }
    }

    private var kindWithMore: UInt8 {
        let flags = block.load(UInt8.self, at: start)
        guard flags & 7 == Self.loneMark else { return flags & 7 }
        return flags >> 3 & 3 | block.load(UInt8.self, at: start &+ 1) >> 4 & 4
    }

    @inline(__always)
    private func columnCell(at rank: Int) -> Cell {
        switch valueForm {
        case .integers:
            let (base, column) = integers
            return Cell(
                integer: base &+ Int64(bitPattern: column[rank]), block: block, offset: column.offset)
        case .fixed:
            let first = CellHead.read(block, at: valueOffset)
            return Cell(
                kind: first.kind, block: block, offset: first.offset &+ rank &* first.byteCount,
                byteCount: first.byteCount)
        case .cells:
            var offset = valueOffset
            for _ in 0..<rank { offset = CellHead.end(block, at: offset) }
            return CellHead.read(block, at: offset)
        case .words:
            var offset = valueOffset &+ 1
            for _ in 0..<Int(words[rank]) { offset = CellHead.end(block, at: offset) }
            return CellHead.read(block, at: offset)
        }
    }

    /// The column of integers, and what is added to each.
    @inline(__always)
    var integers: (base: Int64, column: IntegerColumn) {
        let head = block.load(UInt8.self, at: valueOffset)
        let baseByteCount = Int(head &>> 4)
        let base = unzigzag(block.loadInteger(at: valueOffset &+ 1, byteCount: baseByteCount))
        return (base, IntegerColumn(block: block, offset: valueOffset &+ 1 &+ baseByteCount, width: head & 15))
    }

    /// How many different cells a column of words has.
    var wordCount: Int { Int(block.load(UInt8.self, at: valueOffset) >> 2) + 1 }

    /// Which cell each record has. It stands at the end.
    @inline(__always)
    var words: IntegerColumn {
        let width = block.load(UInt8.self, at: valueOffset) & 3
        return IntegerColumn(
            block: block, offset: end &- IntegerColumn.byteCount(width, count: count), width: width)
    }

    // MARK: Expiry and access

    var hasExpiries: Bool { expiryForm != .none }

    /// The expiries of a run of which some have one.
    var expiries: (base: Int64, column: IntegerColumn) {
        let width = block.load(UInt8.self, at: expiryOffset + 8)
        let column = IntegerColumn(block: block, offset: expiryOffset + 9, width: width)
        return (block.load(Int64.self, at: expiryOffset), column)
    }

    /// When the record of a rank expires, or nil.
    @inline(__always)
    func expiry(at rank: Int) -> Int64? {
        switch expiryForm {
        case .none: return nil
        case .one: return block.load(Int64.self, at: expiryOffset)
        case .short: return Int64(expiryWindow) &<< 32 | Int64(block.load(UInt32.self, at: expiryOffset))
        case .some:
            let (base, column) = expiries
            let number = column[rank]
            return number == 0 ? nil : base &+ Int64(bitPattern: number &- 1)
        }
    }

    /// How many records have an expiry.
    var expiringCount: Int {
        switch expiryForm {
        case .none: return 0
        case .one, .short: return count
        case .some:
            let (_, column) = expiries
            var sum = 0
            for rank in 0..<count where column[rank] != 0 { sum += 1 }
            return sum
        }
    }

    var hasAccess: Bool { accessStart != 0 }

    /// The 24 bits of access data of a rank, or nil when none are kept.
    func access(at rank: Int) -> UInt32? {
        guard hasAccess else { return nil }
        return UInt32(truncatingIfNeeded: block.loadInteger(at: accessOffset + 3 * rank, byteCount: 3))
    }

    func storeAccess(_ access: UInt32, at rank: Int) {
        block.storeInteger(UInt64(access), at: accessOffset + 3 * rank, byteCount: 3)
    }
}

/// How the expiry of a single or lone record is written: how many windows of 2³² milliseconds it lies behind that of
/// the base, or `noWindow`.
func shortExpiryWindow(_ expiry: Int64, base: UInt16) -> UInt8 {
    let distance = (expiry >> 32) - Int64(base)
    return distance >= 0 && distance < Int64(RunBody.noWindow) ? UInt8(distance) : RunBody.noWindow
}

extension Optional where Wrapped == RunBody.Values {
    /// A form that this code wrote.
    fileprivate var unsafelyRead: RunBody.Values {
        @inline(__always) get {
            guard let form = self else { preconditionFailure("a column of no form") }
            return form
        }
    }
}

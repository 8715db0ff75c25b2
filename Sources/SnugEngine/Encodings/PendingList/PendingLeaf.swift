internal import SnugMemory

/// An entry that a consumer has been given and has not acknowledged.
package struct PendingEntry: BitwiseCopyable, Sendable, Equatable {
    package let id: StreamID
    /// The number of the consumer in its group.
    package var consumer: Int
    /// When it was given out last, milliseconds since 1970; not negative.
    package var deliveryTime: Int64
    /// How often it was given out.
    package var deliveryCount: UInt64

    package init(id: StreamID, consumer: Int, deliveryTime: Int64, deliveryCount: UInt64) {
        self.id = id
        self.consumer = consumer
        self.deliveryTime = deliveryTime
        self.deliveryCount = deliveryCount
    }
}

/// Some pending entries of a group, in the order of their ids. Five numbers make an entry; each is stored as what it is
/// above the least of its kind in the leaf, at the width that the greatest needs.
///
///     offset 0         40       45   46      48
///            ┌─────────┬────────┬────┬───────┬────────────────────────────────────────────────────┬─────
///            │ least   │ widths │ 0  │ count │ milliseconds, sequence, consumer, time, deliveries │  …
///            │ 5 · 8   │ 5 · 1  │    │ 2     │ w₀ + w₁ + w₂ + w₃ + w₄ bytes                       │
///            └─────────┴────────┴────┴───────┴────────────────────────────────────────────────────┴─────
///
/// A width is 0, 1, 2, 4 or 8 bytes. Entries that one command gives to one consumer take the bytes of their ids alone,
/// one or two each.
///
/// Invariants:
/// - I1: ids rise strictly; `1 <= count <= countMax`.
/// - I2: a number of an entry is its column's least number and what is stored, without overflow.
struct PendingLeaf: BitwiseCopyable {
    static let headerByteCount = 48
    static let columnCount = 5

    private(set) var block: Block

    init(bits: UInt64) {
        guard let block = Block(bits: bits) else { preconditionFailure("a leaf without a block") }
        self.block = block
    }

    /// A leaf of one entry.
    init(_ entry: PendingEntry) {
        block = .allocate(byteCount: Self.headerByteCount + 16)
        let row = Row(entry)
        for column in 0..<Self.columnCount { setColumn(column, least: row.numbers[column], width: 0) }
        count = 1
    }

    /// The numbers of an entry.
    struct Row {
        var numbers: InlineArray<5, UInt64>

        init(_ entry: PendingEntry) {
            numbers = [
                entry.id.milliseconds, entry.id.sequence, UInt64(entry.consumer),
                UInt64(bitPattern: max(entry.deliveryTime, 0)), entry.deliveryCount,
            ]
        }
    }

    var bits: UInt64 { block.bits }

    private(set) var count: Int {
        get { Int(block.load(UInt16.self, at: 46)) }
        nonmutating set { block.store(UInt16(newValue), at: 46) }
    }

    private func least(_ column: Int) -> UInt64 { block.load(UInt64.self, at: column &* 8) }
    private func width(_ column: Int) -> Int { Int(block.load(UInt8.self, at: 40 &+ column)) }

    private func setColumn(_ column: Int, least: UInt64, width: Int) {
        block.store(least, at: column * 8)
        block.store(UInt8(width), at: 40 + column)
    }

    /// Bytes of an entry.
    private var stride: Int {
        var sum = 0
        for column in 0..<Self.columnCount { sum &+= width(column) }
        return sum
    }

    private func offset(_ index: Int) -> Int { Self.headerByteCount &+ index &* stride }

    var byteCount: Int { offset(count) }

    // MARK: Reading

    func id(at index: Int) -> StreamID {
        let offset = offset(index)
        let width = width(0)
        return StreamID(
            milliseconds: least(0) &+ block.loadInteger(at: offset, byteCount: width),
            sequence: least(1) &+ block.loadInteger(at: offset &+ width, byteCount: self.width(1)))
    }

    private func row(at index: Int) -> InlineArray<5, UInt64> {
        var offset = offset(index)
        var numbers = InlineArray<5, UInt64>(repeating: 0)
        for column in 0..<Self.columnCount {
            let width = width(column)
            numbers[column] = least(column) &+ block.loadInteger(at: offset, byteCount: width)
            offset += width
        }
        return numbers
    }

    func entry(at index: Int) -> PendingEntry {
        let numbers = row(at: index)
        return PendingEntry(
            id: StreamID(milliseconds: numbers[0], sequence: numbers[1]), consumer: Int(numbers[2]),
            deliveryTime: Int64(bitPattern: numbers[3]), deliveryCount: numbers[4])
    }

    /// The first index whose id is not below `id`.
    func index(of id: StreamID) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self.id(at: middle) < id { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Changing

    /// Puts an entry at `index`: between others, or in the place of the one there, which has the same id.
    mutating func put(_ entry: PendingEntry, at index: Int, replacing: Bool) {
        let row = Row(entry)
        if !fits(row) { widen(for: row) }
        if !replacing {
            let held = block.allocatedByteCount
            let stride = stride
            if byteCount + stride > held { block = block.resized(to: byteCount + stride * 4) }
            block.move(from: offset(index), to: offset(index + 1), byteCount: (count - index) * stride)
            count += 1
        }
        write(row.numbers, at: index)
    }

    private func fits(_ row: Row) -> Bool {
        for column in 0..<Self.columnCount {
            let (distance, overflow) = row.numbers[column].subtractingReportingOverflow(least(column))
            if overflow || Self.width(of: distance) > width(column) { return false }
        }
        return true
    }

    private static func width(of distance: UInt64) -> Int {
        if distance == 0 { return 0 }
        if distance < 1 << 8 { return 1 }
        if distance < 1 << 16 { return 2 }
        return distance < 1 << 32 ? 4 : 8
    }

    private func write(_ numbers: InlineArray<5, UInt64>, at index: Int) {
        var offset = offset(index)
        for column in 0..<Self.columnCount {
            let width = width(column)
            block.storeInteger(numbers[column] &- least(column), at: offset, byteCount: width)
            offset += width
        }
    }

    /// Lays the leaf out anew so that `row` has a place in it, and room for one entry more.
    private mutating func widen(for row: Row) {
        let leaf = relaid(0..<count, including: row, room: count + 1)
        block.free()
        block = leaf.block
    }

    /// A leaf of the entries of `range`, with widths for `row` as well when it is given, and room for so many entries.
    func relaid(_ range: Range<Int>, including row: Row? = nil, room: Int) -> PendingLeaf {
        var least = row?.numbers ?? self.row(at: range.lowerBound)
        var greatest = least
        for index in range {
            let numbers = self.row(at: index)
            for column in 0..<Self.columnCount {
                least[column] = min(least[column], numbers[column])
                greatest[column] = max(greatest[column], numbers[column])
            }
        }
        var stride = 0
        for column in 0..<Self.columnCount { stride += Self.width(of: greatest[column] - least[column]) }
        let leaf = PendingLeaf(
            bits: Block.allocate(byteCount: Self.headerByteCount + max(room * stride, 8)).bits)
        for column in 0..<Self.columnCount {
            leaf.setColumn(column, least: least[column], width: Self.width(of: greatest[column] - least[column]))
        }
        leaf.count = range.count
        for index in range { leaf.write(self.row(at: index), at: index - range.lowerBound) }
        return leaf
    }

    /// Takes out an entry; another must be left.
    mutating func remove(at index: Int) {
        let stride = stride
        block.move(from: offset(index + 1), to: offset(index), byteCount: (count - index - 1) * stride)
        count -= 1
        if byteCount + 64 < block.allocatedByteCount / 4 * 3 { block = block.resized(to: byteCount) }
    }
}

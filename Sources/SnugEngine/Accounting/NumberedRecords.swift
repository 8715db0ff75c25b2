internal import SnugMemory

/// Records of one byte count in one block, each under a number. Numbers that are given back are given out again.
///
///     ┌──────────┬──────────┬──────────┬─────┐
///     │ record 0 │ record 1 │ record 2 │  …  │      one that is free begins with one more than the number of the next
///     └──────────┴──────────┴──────────┴─────┘      free one, 4 bytes, 0 at the end
///
/// The block doubles when it is full and does not shrink: its users have a bound on how many records there are.
struct NumberedRecords: ~Copyable {
    let recordByteCount: Int
    private var block: Block?
    private var capacity = 0
    /// Numbers from here on have never been given out.
    private var numberLimit = 0
    /// One more than the number of the first free record, 0 without one.
    private var firstFree: UInt32 = 0
    private(set) var allocatedByteCount = 0
    private static let capacityMin = 4

    init(recordByteCount: Int) {
        self.recordByteCount = recordByteCount
    }

    deinit {
        block?.free()
    }

    @inline(__always)
    private func held() -> Block {
        guard let block else { preconditionFailure("a record of nothing") }
        return block
    }

    @inline(__always)
    func load<Value: BitwiseCopyable>(_ type: Value.Type, _ number: Int, at offset: Int) -> Value {
        held().load(type, at: number &* recordByteCount &+ offset)
    }

    @inline(__always)
    func store<Value: BitwiseCopyable>(_ value: Value, _ number: Int, at offset: Int) {
        held().store(value, at: number &* recordByteCount &+ offset)
    }

    /// Adds to an integer of a record.
    @inline(__always)
    func add(_ amount: Int, _ number: Int, at offset: Int) {
        let place = number &* recordByteCount &+ offset
        let block = held()
        block.store(block.load(Int.self, at: place) &+ amount, at: place)
    }

    /// The number of a record of zeros.
    mutating func take() -> Int {
        var number = Int(firstFree) - 1
        if number >= 0 {
            firstFree = load(UInt32.self, number, at: 0)
        } else {
            number = numberLimit
            if number == capacity { grow() }
            numberLimit += 1
        }
        held().fill(0, at: number * recordByteCount, byteCount: recordByteCount)
        return number
    }

    mutating func giveBack(_ number: Int) {
        store(firstFree, number, at: 0)
        firstFree = UInt32(number + 1)
    }

    private mutating func grow() {
        capacity = max(Self.capacityMin, capacity * 2)
        let byteCount = capacity * recordByteCount
        let grown = block?.resized(to: byteCount) ?? .allocate(byteCount: byteCount)
        block = grown
        allocatedByteCount = grown.allocatedByteCount
    }
}

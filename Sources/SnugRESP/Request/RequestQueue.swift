internal import SnugMemory

/// Commands that have been parsed before it is their turn, so that what they need can be seen to for all of them at
/// once: whole ones, written in the common way. Any other is left to a `RequestParser`. About a hundred and fifty
/// instructions a command.
///
///     base  ┌─────────┬─────────┬─────────┬────────────────
///           │ command │ command │ command │ not parsed yet
///           └─────────┴─────────┴─────────┴────────────────
///             removed   ▲ first
package struct RequestQueue: ~Copyable {
    package static let countMax = 16
    /// Commands with more arguments are not taken.
    private static let argumentCountMax = 64
    /// Bytes of an empty argument.
    private static let argumentByteCountMin = 6

    package struct Command {
        fileprivate(set) var start = 0
        /// Where the command ends in the base.
        package fileprivate(set) var end = 0
        fileprivate var slots = 0..<0
    }

    private let staysInPlace = StaysInPlace()
    private var commands = InlineArray<16, Command>(repeating: Command())
    private var first = 0
    private var count = 0
    /// Where the arguments of all commands lie in the base.
    private var slots = [ArgumentSlot](repeating: ArgumentSlot(offset: 0, byteCount: 0), count: argumentCountMax)
    private var slotCount = 0
    /// What the commands comply with.
    private var limits = RequestLimits()

    package init() {}

    package var isEmpty: Bool { first == count }
    package var hasRoom: Bool { count < Self.countMax }

    package mutating func removeAll() { (first, count, slotCount) = (0, 0, 0) }

    /// Removes all if other limits hold now.
    package mutating func keep(for limits: borrowing RequestLimits) {
        if limits == self.limits { return }
        removeAll()
        self.limits = copy limits
    }

    /// Parses the command at the front of `range`, and returns where it ends. Nil, with nothing changed, when that is
    /// not whole, not understood or beyond the limits, and when there is no room. All commands must come from the same
    /// base, in their order.
    package mutating func append(from base: RawSpan, in range: Range<Int>) -> Int? {
        let bytes = base.slice(from: 0, count: range.upperBound)
        guard hasRoom, let (argumentCount, start) = bytes.commonArrayHeader(at: range.lowerBound),
            argumentCount <= min(Self.argumentCountMax, limits.argumentCountMax),
            argumentCount &* Self.argumentByteCountMin <= bytes.byteCount &- start
        else { return nil }
        let firstSlot = slotCount
        let lastSlot = firstSlot &+ argumentCount
        if slots.count < lastSlot { makeSlots() }
        let byteCountMax = limits.bulkByteCountMax
        var found = slots.mutableSpan
        var end = start
        for number in firstSlot..<lastSlot {
            guard let slot = bytes.commonArgument(at: end), slot.byteCount <= byteCountMax else { return nil }
            found[number] = slot
            end = slot.offset &+ slot.byteCount &+ 2
        }
        commands[count] = Command(start: range.lowerBound, end: end, slots: firstSlot..<lastSlot)
        count &+= 1
        slotCount = lastSlot
        return end
    }

    @inline(never)
    private mutating func makeSlots() {
        slots.append(contentsOf: repeatElement(ArgumentSlot(offset: 0, byteCount: 0), count: slots.count))
    }

    /// Removes the first command if it begins at `offset`, and those before that. What is returned is good until
    /// another is appended.
    package mutating func removeFirst(at offset: Int) -> Command? {
        while first < count && commands[first].start < offset { first &+= 1 }
        guard first < count && commands[first].start == offset else { return nil }
        first &+= 1
        return commands[first &- 1]
    }

    /// The arguments of a command.
    @_lifetime(copy base, borrow self)
    package func arguments(of command: Command, in base: RawSpan) -> Arguments {
        Arguments(base: base, slots: slots.span.extracting(command.slots))
    }

    /// The numbers of the commands.
    package var indices: Range<Int> { first..<count }

    package subscript(_ number: Int) -> Command { commands[number] }
}

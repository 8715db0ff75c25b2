internal import SnugMemory

/// An incremental parser of requests: RESP arrays of bulk strings, and inline commands. Whole commands in the common
/// form are parsed by a `RequestQueue` in less time.
///
/// It looks at no byte more than twice, but for a header line that is cut: what it has found is kept in `slots`, as
/// offsets from the start of the command, so that the caller may move unfinished bytes to another buffer between calls.
///
///     waiting for a command ──'*'──► waiting for "$n" ──► waiting for n bytes and CRLF ─┐
///            │  ▲                          ▲                                            │
///          other│                          └──────────────── arguments left ────────────┤
///            ▼  └───────────────────────────── none left: command complete ─────────────┘
///          one line, split by quoting rules
///
/// A length that a client declares is only believed as far as bytes arrive: nothing is allocated for it but one slot
/// per argument that has come.
package struct RequestParser: ~Copyable {
    private let staysInPlace = StaysInPlace()
    /// Bytes of the current command that have been understood, from its start.
    private var position = 0
    /// Bytes of the current command in which the end of the line at `position` was sought in vain.
    private var searched = 0
    /// Arguments of the current array that are yet to come; 0 between commands.
    private var argumentsLeft = 0
    /// Length of the argument whose bytes are awaited; -1 when its header is.
    private var bulkByteCount = -1
    /// The first `slotCount` are the current command's; the others wait to be used again.
    private var slots: [ArgumentSlot] = []
    private var slotCount = 0
    /// The arguments of an inline command without quotes and escapes.
    private var inlineBytes = GrowableBytes()
    private var isInline = false

    package init() {}

    package enum Outcome {
        /// More bytes are needed.
        case incomplete
        /// A command is complete: `arguments(in:)` gives it, and it took this many bytes.
        case command(byteCount: Int)
        /// An empty command, to be skipped: this many bytes.
        case empty(byteCount: Int)
    }

    /// Whether something is known of a command that is not complete. Only this parser can complete it.
    package var isInsideCommand: Bool { argumentsLeft > 0 || position > 0 || searched > 0 }

    /// Bytes that the parser itself holds.
    package var byteCount: Int {
        slots.capacity * MemoryLayout<ArgumentSlot>.stride + inlineBytes.capacity
    }

    /// How many bytes from the command's start will surely be needed to complete the argument that is awaited; a hint
    /// for the buffer that collects them.
    package var byteCountWanted: Int {
        bulkByteCount < 0 ? 0 : position &+ bulkByteCount &+ 2
    }

    /// Goes on with the command that starts at the first byte of `bytes`. Cost: the bytes that are new.
    package mutating func parse(_ bytes: RawSpan, limits: borrowing RequestLimits) throws(ProtocolError) -> Outcome {
        if argumentsLeft == 0 {
            guard bytes.byteCount > 0 else { return .incomplete }
            guard bytes[0] == UInt8(ascii: "*") else { return try parseInline(bytes, limits: limits) }
            guard try parseArrayHeader(bytes, limits: limits) else { return .incomplete }
            if argumentsLeft == 0 { return finish(.empty(byteCount: position)) }
        }
        while argumentsLeft > 0 {
            if bulkByteCount < 0 {
                guard try parseBulkHeader(bytes, limits: limits) else { return .incomplete }
            }
            guard bytes.byteCount - position >= bulkByteCount + 2 else { return .incomplete }
            addSlot(ArgumentSlot(offset: position, byteCount: bulkByteCount))
            position += bulkByteCount + 2
            bulkByteCount = -1
            argumentsLeft -= 1
        }
        return finish(.command(byteCount: position))
    }

    /// The complete command's arguments, whose bytes start at the first byte of `bytes`. Valid until the next `parse`.
    @_lifetime(copy bytes, borrow self)
    package func arguments(in bytes: RawSpan) -> Arguments {
        Arguments(base: isInline ? inlineBytes.bytes : bytes, slots: slots.span.extracting(first: slotCount))
    }

    /// Forgets the complete command. Keeps a little memory for the next one.
    package mutating func reset() {
        slotCount = 0
        if slots.capacity > Self.slotCountKept { slots = [] }
        if isInline {
            inlineBytes.removeAll(keepingAtMost: 1024)
            isInline = false
        }
    }

    /// More slots than this are given back after a command.
    private static let slotCountKept = 64

    @inline(__always)
    private mutating func addSlot(_ slot: ArgumentSlot) {
        if slotCount < slots.count {
            slots[slotCount] = slot
        } else {
            slots.append(slot)
        }
        slotCount &+= 1
    }

    private mutating func finish(_ outcome: Outcome) -> Outcome {
        position = 0
        searched = 0
        argumentsLeft = 0
        bulkByteCount = -1
        return outcome
    }

    // MARK: Headers

    private mutating func parseArrayHeader(
        _ bytes: RawSpan, limits: borrowing RequestLimits
    ) throws(ProtocolError) -> Bool {
        if let (count, end) = bytes.shortDecimalLine(at: 1), count > 0, !limits.isUnauthenticated {
            guard count <= limits.argumentCountMax else { throw .invalidMultibulkLength }
            position = end
            argumentsLeft = count
            return true
        }
        guard let end = lineEnd(in: bytes, from: position) else {
            if bytes.byteCount > limits.lineByteCountMax { throw .tooBigMultibulkCount }
            return false
        }
        let digits = bytes.slice(from: 1, count: end - 1)
        guard let count = digits.canonicalInteger, count <= limits.argumentCountMax else {
            throw .invalidMultibulkLength
        }
        if limits.isUnauthenticated && count > RequestLimits.unauthenticatedArgumentCountMax {
            throw .unauthenticatedMultibulkLength
        }
        position = end + 2
        argumentsLeft = max(0, Int(count))
        return true
    }

    private mutating func parseBulkHeader(
        _ bytes: RawSpan, limits: borrowing RequestLimits
    ) throws(ProtocolError) -> Bool {
        if position < bytes.byteCount, bytes[position] == UInt8(ascii: "$"),
            let (count, end) = bytes.shortDecimalLine(at: position + 1), !limits.isUnauthenticated
        {
            guard count <= limits.bulkByteCountMax else { throw .invalidBulkLength }
            position = end
            bulkByteCount = count
            return true
        }
        guard let end = lineEnd(in: bytes, from: position) else {
            if bytes.byteCount - position > limits.lineByteCountMax { throw .tooBigBulkCount }
            return false
        }
        guard bytes[position] == UInt8(ascii: "$") else { throw .expectedDollar(bytes[position]) }
        let digits = bytes.slice(from: position + 1, count: end - position - 1)
        guard let count = digits.canonicalInteger, count >= 0, count <= limits.bulkByteCountMax else {
            throw .invalidBulkLength
        }
        if limits.isUnauthenticated && count > RequestLimits.unauthenticatedBulkByteCountMax {
            throw .unauthenticatedBulkLength
        }
        position = end + 2
        bulkByteCount = Int(count)
        return true
    }

    /// Where the line that starts at `start` ends, if its CR and the byte behind it have come.
    private mutating func lineEnd(in bytes: RawSpan, from start: Int) -> Int? {
        var offset = max(start, searched)
        let last = bytes.byteCount - 1
        while offset < last {
            if bytes[offset] == 13 { return offset }
            offset &+= 1
        }
        searched = offset
        return nil
    }

    // MARK: Inline commands

    private mutating func parseInline(
        _ bytes: RawSpan, limits: borrowing RequestLimits
    ) throws(ProtocolError) -> Outcome {
        // `position` counts the bytes in which no line feed was found.
        var end = position
        while end < bytes.byteCount && bytes[end] != 10 { end &+= 1 }
        guard end < bytes.byteCount else {
            position = end
            if end > limits.lineByteCountMax { throw .tooBigInlineRequest }
            return .incomplete
        }
        let lineByteCount = end > 0 && bytes[end - 1] == 13 ? end - 1 : end
        isInline = true
        slots.removeAll(keepingCapacity: true)
        guard InlineSplitter.split(bytes.extracting(first: lineByteCount), into: &slots, &inlineBytes) else {
            throw .unbalancedQuotes
        }
        slotCount = slots.count
        if slots.isEmpty {
            reset()
            return finish(.empty(byteCount: end + 1))
        }
        return finish(.command(byteCount: end + 1))
    }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Returns entries of a stream by their ids. Shares `StreamRange` with XREVRANGE.
enum XRange: Command {
    static let spec = CommandSpec(
        name: "XRANGE", group: .stream, since: "5.0.0",
        arity: .atLeast(4), flags: [.readonly], acl: .stream,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns entries of a stream within a range of ids.",
        complexity: "O(log N + M) in a stream of N entries of which M are returned",
        history: [("6.2.0", "Ends of the range may be exclusive.")],
        arguments: [
            Argument("key", .key), Argument("start", .string), Argument("end", .string),
            Argument("count", .integer, token: "COUNT", optional: true),
        ],
        reply: .array(of: .array(of: .any)))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let range = try StreamRange(arguments[2], arguments[3], &reply)
        try range.answer(arguments, reversed: false, &partition, &reply)
    }
}

/// Returns entries of a stream by their ids, the last first.
enum XRevRange: Command {
    static let spec = CommandSpec(
        name: "XREVRANGE", group: .stream, since: "5.0.0",
        arity: .atLeast(4), flags: [.readonly], acl: .stream,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns entries of a stream within a range of ids, the last first.",
        complexity: "O(log N + M) in a stream of N entries of which M are returned",
        history: [("6.2.0", "Ends of the range may be exclusive.")],
        arguments: [
            Argument("key", .key), Argument("end", .string), Argument("start", .string),
            Argument("count", .integer, token: "COUNT", optional: true),
        ],
        reply: .array(of: .array(of: .any)))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let range = try StreamRange(arguments[3], arguments[2], &reply)
        try range.answer(arguments, reversed: true, &partition, &reply)
    }
}

/// A range of ids, both ends included.
struct StreamRange {
    let start: StreamID
    let end: StreamID

    /// Reads the ends of a range, of which either may be exclusive. Errors are written.
    init(_ first: RawSpan, _ last: RawSpan, _ reply: inout ReplyWriter) throws(CommandError) {
        start = try Self.start(first, &reply)
        let (id, isExclusive) = try last.streamIDEnd(missing: .max)
        guard let end = isExclusive ? id.previous : id else {
            throw reply.refusal("ERR invalid end ID for the interval")
        }
        self.end = end
    }

    /// The first id of a range that begins with `text`.
    static func start(_ text: RawSpan, _ reply: inout ReplyWriter) throws(CommandError) -> StreamID {
        let (id, isExclusive) = try text.streamIDEnd(missing: 0)
        guard let start = isExclusive ? id.next : id else {
            throw reply.refusal("ERR invalid start ID for the interval")
        }
        return start
    }

    /// Answers XRANGE and XREVRANGE, whose options begin at the fifth word.
    fileprivate func answer(
        _ arguments: borrowing Arguments, reversed: Bool, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var limit = Int64.max
        var index = 4
        while index < arguments.count {
            guard arguments[index].isWord("COUNT"), index + 1 < arguments.count else { throw .syntax }
            limit = max(try arguments[index + 1].integer(), 0)
            index += 2
        }
        do {
            guard let stream = try partition.stream(arguments[1]) else { return reply.array(0) }
            guard limit > 0 else { return reply.nullArray() }
            reply.streamRange(stream, from: start, through: end, limit: Int(limit), reversed: reversed)
        } catch { throw CommandError(error) }
    }
}

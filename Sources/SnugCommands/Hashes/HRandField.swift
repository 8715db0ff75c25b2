internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Draws fields by chance. A positive count draws different fields, a negative one lets them repeat.
enum HRandField: Command {
    static let spec = CommandSpec(
        name: "HRANDFIELD", group: .hash, since: "6.2.0",
        arity: .atLeast(2), flags: [.readonly], acl: .hash,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output"],
        summary: "Returns fields of a hash drawn by chance.",
        complexity: "O(N) for N drawn fields in a table, O(N+M) in a listpack of M fields",
        arguments: [
            Argument("key", .key),
            Argument(
                "options", .block, optional: true,
                [Argument("count", .integer), Argument("withvalues", .pureToken, token: "WITHVALUES", optional: true)]),
        ],
        reply: .oneOf([.bulkOrNull, .array(of: .any)]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments.count > 2 else { return try drawOne(arguments[1], &partition, &reply) }
        let count = try DrawCount.read(arguments, pairs: "WITHVALUES")
        let withValues = arguments.count == 4
        var random = partition.random.split()
        let mark = reply.mark
        var repeats = RepeatedDraws(0, from: 0)
        do {
            guard let hash = try partition.hash(arguments[1]) else { return reply.array(0) }
            let drawn = count < 0 ? Int(-count) : min(Int(count), hash.count)
            writeHead(drawn, withValues, &reply)
            if count < 0 {
                repeats = RepeatedDraws(drawn, from: reply.byteCount)
                while let part = repeats.next(reply.byteCount) {
                    hash.forEachRandom(part, using: &random) { write($0, withValues ? $1 : nil, &reply) }
                }
            } else {
                hash.forEachDistinctRandom(drawn, using: &random) { write($0, withValues ? $1 : nil, &reply) }
            }
        } catch { throw CommandError(error) }
        guard repeats.isComplete else {
            reply.rollBack(to: mark)
            throw .valueOutOfRange
        }
    }

    private static func drawOne(
        _ key: RawSpan, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var random = partition.random.split()
        do {
            guard let hash = try partition.hash(key) else { return reply.null() }
            hash.withRandomField(using: &random) { reply.string($0) }
        } catch { throw CommandError(error) }
    }

    private static func writeHead(_ drawn: Int, _ withValues: Bool, _ reply: inout ReplyWriter) {
        reply.array(withValues && reply.version < 3 ? drawn * 2 : drawn)
    }

    /// A field alone, or with its value: as a pair of its own in RESP3.
    private static func write(
        _ field: borrowing StringValue, _ value: borrowing StringValue?, _ reply: inout ReplyWriter
    ) {
        guard let value = copy value else { return reply.string(field) }
        if reply.version >= 3 { reply.array(2) }
        reply.string(field)
        reply.string(value)
    }
}

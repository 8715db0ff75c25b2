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
        let count = try drawCount(arguments, &reply)
        let withValues = arguments.count == 4
        var random = partition.random.split()
        let mark = reply.mark
        var left = count < 0 ? Int(-count) : 0
        do {
            guard let hash = try partition.hash(arguments[1]) else { return reply.array(0) }
            let drawn = count < 0 ? Int(-count) : min(Int(count), hash.count)
            writeHead(drawn, withValues, &reply)
            if count < 0 {
                let start = reply.byteCount
                while left > 0 && reply.byteCount - start <= repeatsByteCountMax {
                    let part = min(left, repeatsPerLook)
                    hash.forEachRandom(part, using: &random) { write($0, withValues ? $1 : nil, &reply) }
                    left -= part
                }
            } else {
                hash.forEachDistinctRandom(drawn, using: &random) { write($0, withValues ? $1 : nil, &reply) }
            }
        } catch { throw CommandError(error) }
        guard left == 0 else {
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

    /// Reads the count and what follows it, in Redis's order of complaints.
    private static func drawCount(
        _ arguments: borrowing Arguments, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Int64 {
        let count = try arguments[2].integer()
        guard count != .min else {
            reply.error(
                "ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807")
            throw .written
        }
        if arguments.count > 3 {
            guard arguments.count == 4, arguments[3].isWord("WITHVALUES") else { throw .syntax }
            guard count.magnitude <= UInt64(Int64.max / 2) else { throw .valueOutOfRange }
        }
        guard count >= -repeatsMax else { throw .valueOutOfRange }
        return count
    }

    /// Most fields that a negative count may ask for. Redis draws on until its memory ends.
    private static let repeatsMax: Int64 = 1 << 24
    /// Most bytes that they may take, looked at after so many draws.
    private static let repeatsByteCountMax = 512 << 20
    private static let repeatsPerLook = 1024

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

internal import SnugEngine
internal import SnugRESP

/// Reads one field.
enum HGet: Command {
    static let spec = CommandSpec(
        name: "HGET", group: .hash, since: "2.0.0",
        arity: .exactly(3), flags: [.readonly, .fast], acl: .hash,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns the value of a field of a hash.",
        complexity: "O(1) in a table, O(N) in a listpack of N fields",
        arguments: [Argument("key", .key), Argument("field", .string)],
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            guard let value = try partition.hashValue(arguments[1], arguments[2]) else { return reply.null() }
            reply.string(value)
        } catch { throw CommandError(error) }
    }
}

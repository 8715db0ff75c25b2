internal import SnugEngine
internal import SnugRESP

/// Reads a string.
enum Get: Command {
    static let spec = CommandSpec(
        name: "GET", group: .string, since: "1.0.0",
        arity: .exactly(2), flags: [.readonly, .fast], acl: .string,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns the string under a key.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            guard let value = try partition.string(arguments[1]) else { return reply.null() }
            reply.string(value)
        } catch { throw CommandError(error) }
    }
}

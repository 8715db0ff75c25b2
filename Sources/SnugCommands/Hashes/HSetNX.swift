internal import SnugEngine
internal import SnugRESP

/// Sets a field that is not there yet.
enum HSetNX: Command {
    static let spec = CommandSpec(
        name: "HSETNX", group: .hash, since: "2.0.0",
        arity: .exactly(4), flags: [.write, .denyoom, .fast], acl: .hash,
        keys: [.one(at: 1, [.readWrite, .insert])],
        summary: "Sets a field of a hash unless the field exists.",
        complexity: "O(1) in a table, O(N) in a listpack of N fields",
        arguments: [Argument("key", .key), Argument("field", .string), Argument("value", .string)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            reply.integer(
                try partition.setHashValueIfAbsent(arguments[1], arguments[2], to: arguments[3]))
        } catch { throw CommandError(error) }
    }
}

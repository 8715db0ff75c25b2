internal import SnugEngine
internal import SnugRESP

/// Adds to an integer in a field.
enum HIncrBy: Command {
    static let spec = CommandSpec(
        name: "HINCRBY", group: .hash, since: "2.0.0",
        arity: .exactly(4), flags: [.write, .denyoom, .fast], acl: .hash,
        keys: [.one(at: 1, [.readWrite, .access, .update])],
        summary: "Adds an integer to the value of a field, which counts as 0 when it is missing.",
        complexity: "O(1) in a table, O(N) in a listpack of N fields",
        arguments: [Argument("key", .key), Argument("field", .string), Argument("increment", .integer)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let increment = try arguments[3].integer()
        do {
            reply.integer(try partition.incrementHashValue(arguments[1], arguments[2], by: increment))
        } catch { throw CommandError(error) }
    }
}

internal import SnugEngine
internal import SnugRESP

/// Stores a string when the key is not there.
enum SetNX: Command {
    static let spec = CommandSpec(
        name: "SETNX", group: .string, since: "1.0.0",
        arity: .exactly(3), flags: [.write, .denyoom, .fast], acl: .string,
        keys: [.one(at: 1, [.overwrite, .insert])],
        summary: "Stores a string when the key is not there.",
        complexity: "O(1)",
        arguments: [Argument("key", .key), Argument("value", .string)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.integer(partition.setString(arguments[1], to: arguments[2], ifNew: true))
    }
}

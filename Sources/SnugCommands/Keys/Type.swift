internal import SnugEngine
internal import SnugRESP

/// Tells what a key holds.
enum TypeOf: Command {
    static let spec = CommandSpec(
        name: "TYPE", group: .generic, since: "1.0.0",
        arity: .exactly(2), flags: [.readonly, .fast], acl: .keyspace,
        keys: [.one(at: 1, [.readOnly])],
        summary: "Returns what a key holds.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .simple)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.simple(partition.type(of: arguments[1])?.name ?? "none")
    }
}

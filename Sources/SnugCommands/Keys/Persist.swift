internal import SnugEngine
internal import SnugRESP

/// Takes away a key's expiry.
enum Persist: Command {
    static let spec = CommandSpec(
        name: "PERSIST", group: .generic, since: "2.2.0",
        arity: .exactly(2), flags: [.write, .fast], acl: .keyspace,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Takes away a key's expiry.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.integer(partition.persist(arguments[1]))
    }
}

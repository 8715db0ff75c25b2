internal import SnugEngine
internal import SnugRESP

/// Stores a string and returns the former one.
enum GetSet: Command {
    static let spec = CommandSpec(
        name: "GETSET", group: .string, since: "1.0.0",
        arity: .exactly(3), flags: [.write, .denyoom, .fast], acl: .string,
        keys: [.one(at: 1, [.readWrite, .access, .update])],
        summary: "Stores a string and returns the one that was there before.",
        complexity: "O(1)",
        deprecated: Deprecation(since: "6.2.0", replacedBy: "`SET` with the `!GET` argument"),
        arguments: [Argument("key", .key), Argument("value", .string)],
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        _ = try reply.string(arguments[1], &partition)
        partition.setString(arguments[1], to: arguments[2])
    }
}

internal import SnugEngine
internal import SnugRESP

/// Whether a field is there.
enum HExists: Command {
    static let spec = CommandSpec(
        name: "HEXISTS", group: .hash, since: "2.0.0",
        arity: .exactly(3), flags: [.readonly, .fast], acl: .hash,
        keys: [.one(at: 1, [.readOnly])],
        summary: "Tells whether a hash has a field.",
        complexity: "O(1) in a table, O(N) in a listpack of N fields",
        arguments: [Argument("key", .key), Argument("field", .string)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            reply.integer(try partition.hashValue(arguments[1], arguments[2]) != nil)
        } catch { throw CommandError(error) }
    }
}

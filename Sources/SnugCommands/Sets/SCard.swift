internal import SnugEngine
internal import SnugRESP

/// Counts members.
enum SCard: Command {
    static let spec = CommandSpec(
        name: "SCARD", group: .set, since: "1.0.0",
        arity: .exactly(2), flags: [.readonly, .fast], acl: .set,
        keys: [.one(at: 1, [.readOnly])],
        summary: "Returns how many members a set has.",
        complexity: "O(1) in a table or an intset, O(N) in a listpack of N members",
        arguments: [Argument("key", .key)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do { reply.integer(try partition.setCount(arguments[1])) } catch { throw CommandError(error) }
    }
}

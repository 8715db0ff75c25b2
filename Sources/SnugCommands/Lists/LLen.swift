internal import SnugEngine
internal import SnugRESP

/// Counts the elements of a list.
enum LLen: Command {
    static let spec = CommandSpec(
        name: "LLEN", group: .list, since: "1.0.0",
        arity: .exactly(2), flags: [.readonly, .fast], acl: .list,
        keys: [.one(at: 1, [.readOnly])],
        summary: "Returns how many elements a list has.",
        complexity: "O(1) in nodes, O(N) in a small list of N elements",
        arguments: [Argument("key", .key)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do { reply.integer(try partition.listCount(arguments[1])) } catch { throw CommandError(error) }
    }
}

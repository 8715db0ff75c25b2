internal import SnugEngine
internal import SnugRESP

/// Reads a string and removes its key.
enum GetDel: Command {
    static let spec = CommandSpec(
        name: "GETDEL", group: .string, since: "6.2.0",
        arity: .exactly(2), flags: [.write, .fast], acl: .string,
        keys: [.one(at: 1, [.readWrite, .access, .delete])],
        summary: "Returns the string under a key and removes the key.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard try reply.string(arguments[1], &partition) else { return }
        _ = partition.delete(arguments[1])
    }
}

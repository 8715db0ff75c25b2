internal import SnugEngine
internal import SnugRESP

/// The length of one value.
enum HStrLen: Command {
    static let spec = CommandSpec(
        name: "HSTRLEN", group: .hash, since: "3.2.0",
        arity: .exactly(3), flags: [.readonly, .fast], acl: .hash,
        keys: [.one(at: 1, [.readOnly])],
        summary: "Returns the length in bytes of the value of a field.",
        complexity: "O(1) in a table, O(N) in a listpack of N fields",
        arguments: [Argument("key", .key), Argument("field", .string)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            reply.integer(try partition.hashValue(arguments[1], arguments[2])?.byteCount ?? 0)
        } catch { throw CommandError(error) }
    }
}

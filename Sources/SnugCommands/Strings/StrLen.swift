internal import SnugEngine
internal import SnugRESP

/// Tells how long a string is.
enum StrLen: Command {
    static let spec = CommandSpec(
        name: "STRLEN", group: .string, since: "2.2.0",
        arity: .exactly(2), flags: [.readonly, .fast], acl: .string,
        keys: [.one(at: 1, [.readOnly])],
        summary: "Returns how many bytes a string has.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            reply.integer(try partition.string(arguments[1])?.byteCount ?? 0)
        } catch { throw CommandError(error) }
    }
}

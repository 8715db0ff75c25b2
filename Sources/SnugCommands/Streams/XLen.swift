internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Counts the entries of a stream.
enum XLen: Command {
    static let spec = CommandSpec(
        name: "XLEN", group: .stream, since: "5.0.0",
        arity: .exactly(2), flags: [.readonly, .fast], acl: .stream,
        keys: [.one(at: 1, [.readOnly])],
        summary: "Returns how many entries a stream has.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do { reply.integer(try partition.stream(arguments[1])?.value.count ?? 0) } catch { throw CommandError(error) }
    }
}

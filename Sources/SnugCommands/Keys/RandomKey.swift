internal import SnugEngine
internal import SnugRESP

/// Draws a key.
enum RandomKey: Command {
    static let spec = CommandSpec(
        name: "RANDOMKEY", group: .generic, since: "1.0.0",
        arity: .exactly(1), flags: [.readonly], acl: .keyspace,
        tips: ["request_policy:all_shards", "nondeterministic_output"],
        summary: "Returns a key by chance.",
        complexity: "O(1)",
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        if !partition.withRandomKey({ reply.bulk($0) }) { reply.null() }
    }
}

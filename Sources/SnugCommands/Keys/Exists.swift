internal import SnugEngine
internal import SnugRESP

/// Counts the keys that are there, one that is named twice twice.
enum Exists: Command {
    static let spec = CommandSpec(
        name: "EXISTS", group: .generic, since: "1.0.0",
        arity: .atLeast(2), flags: [.readonly, .fast], acl: .keyspace,
        keys: [.all(from: 1, [.readOnly])],
        tips: ["request_policy:multi_shard", "response_policy:agg_sum"],
        summary: "Counts how many of the keys are there.",
        complexity: "O(N), N being the number of keys",
        history: [(since: "3.0.3", change: "Several keys.")],
        arguments: [Argument("key", .key, multiple: true)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var count = 0
        for index in 1..<arguments.count where partition.exists(arguments[index]) { count += 1 }
        reply.integer(count)
    }
}

internal import SnugEngine
internal import SnugRESP

/// Counts the keys that are there, and counts as a use of each.
enum Touch: Command {
    static let spec = CommandSpec(
        name: "TOUCH", group: .generic, since: "3.2.1",
        arity: .atLeast(2), flags: [.readonly, .fast], acl: .keyspace,
        keys: [.all(from: 1, [.readOnly])],
        tips: ["request_policy:multi_shard", "response_policy:agg_sum"],
        summary: "Counts as a use of keys; returns how many are there.",
        complexity: "O(N), N being the number of keys",
        arguments: [Argument("key", .key, multiple: true)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var count = 0
        for index in 1..<arguments.count where partition.exists(arguments[index], .read) { count += 1 }
        reply.integer(count)
    }
}

internal import SnugEngine
internal import SnugRESP

/// Removes keys.
enum Del: Command {
    static let spec = CommandSpec(
        name: "DEL", group: .generic, since: "1.0.0",
        arity: .atLeast(2), flags: [.write], acl: .keyspace,
        keys: [.all(from: 1, [.remove, .delete])],
        tips: ["request_policy:multi_shard", "response_policy:agg_sum"],
        summary: "Removes keys.",
        complexity: "O(N), N being the number of keys and of the parts of their values",
        arguments: [Argument("key", .key, multiple: true)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        deleteAll(arguments, &partition, &reply)
    }
}

/// Removes keys. Redis frees large values in another thread; here there is nothing to hand over.
enum Unlink: Command {
    static let spec = CommandSpec(
        name: "UNLINK", group: .generic, since: "4.0.0",
        arity: .atLeast(2), flags: [.write, .fast], acl: .keyspace,
        keys: [.all(from: 1, [.remove, .delete])],
        tips: ["request_policy:multi_shard", "response_policy:agg_sum"],
        summary: "Removes keys.",
        complexity: "O(N), N being the number of keys and of the parts of their values",
        arguments: [Argument("key", .key, multiple: true)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        deleteAll(arguments, &partition, &reply)
    }
}

private func deleteAll(
    _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
) {
    var count = 0
    for index in 1..<arguments.count where partition.delete(arguments[index]) { count += 1 }
    reply.integer(count)
}

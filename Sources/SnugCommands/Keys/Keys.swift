internal import SnugEngine
internal import SnugRESP

/// Lists the keys that match a pattern.
enum Keys: Command {
    static let spec = CommandSpec(
        name: "KEYS", group: .generic, since: "1.0.0",
        arity: .exactly(2), flags: [.readonly], acl: [.keyspace, .dangerous],
        tips: ["request_policy:all_shards", "nondeterministic_output_order"],
        summary: "Returns all keys that match a pattern.",
        complexity: "O(N), N being the number of keys in the database",
        arguments: [Argument("pattern", .pattern)],
        reply: .array(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let pattern = GlobPattern(arguments[1])
        let isEverything = pattern.isStar
        let mark = reply.mark
        var count = 0
        partition.forEachKey { key in
            guard isEverything || pattern.matches(key) else { return }
            reply.bulk(key)
            count += 1
        }
        reply.insertHead(.array, count: count, at: mark)
    }
}

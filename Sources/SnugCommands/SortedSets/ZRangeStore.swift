internal import SnugEngine
internal import SnugRESP

/// Stores a range of members under another key. Shares `RangeQuery` with ZRANGE.
enum ZRangeStore: Command {
    static let spec = CommandSpec(
        name: "ZRANGESTORE", group: .sortedSet, since: "6.2.0",
        arity: .atLeast(5), flags: [.write, .denyoom], acl: .sortedSet,
        keys: [.one(at: 1, [.overwrite, .update]), .one(at: 2, [.readOnly, .access])],
        summary: "Stores members of a sorted set within a range of ranks, scores or strings.",
        complexity: "O(log N + M) for N members of which M are stored",
        arguments: [
            Argument("dst", .key), Argument("src", .key, keySpecIndex: 1), Argument("min", .string),
            Argument("max", .string),
            Argument("sortby", .oneof, optional: true, [.token("byscore", "BYSCORE"), .token("bylex", "BYLEX")]),
            Argument("rev", .pureToken, token: "REV", optional: true),
            Argument(
                "limit", .block, token: "LIMIT", optional: true,
                [Argument("offset", .integer), Argument("count", .integer)]),
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try RangeQuery(nil, reversed: nil, keyAt: 2).store(under: arguments[1], arguments, &partition, &reply)
    }
}

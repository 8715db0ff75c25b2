internal import SnugEngine
internal import SnugRESP

/// Returns members by rank, by score or by their bytes, in either order. Shares `RangeQuery` with the older commands.
enum ZRange: Command {
    static let spec = CommandSpec(
        name: "ZRANGE", group: .sortedSet, since: "1.2.0",
        arity: .atLeast(4), flags: [.readonly], acl: .sortedSet,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns members of a sorted set within a range of ranks, scores or strings.",
        complexity: "O(log N + M) for N members of which M are returned",
        history: [("6.2.0", "The words REV, BYLEX, BYSCORE and LIMIT.")],
        arguments: [
            Argument("key", .key), Argument("start", .string), Argument("stop", .string),
            Argument(
                "sortby", .oneof, since: "6.2.0", optional: true,
                [.token("byscore", "BYSCORE"), .token("bylex", "BYLEX")]),
            Argument("rev", .pureToken, token: "REV", since: "6.2.0", optional: true), .limit(since: "6.2.0"),
            .withScores,
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try RangeQuery(nil, reversed: nil).answer(arguments, &partition, &reply)
    }
}

/// Returns members by rank, from the highest score on.
enum ZRevRange: Command {
    static let spec = CommandSpec(
        name: "ZREVRANGE", group: .sortedSet, since: "1.2.0",
        arity: .atLeast(4), flags: [.readonly], acl: .sortedSet,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns members of a sorted set within a range of ranks, from the highest score on.",
        complexity: "O(log N + M) for N members of which M are returned",
        deprecated: Deprecation(since: "6.2.0", replacedBy: "`ZRANGE` with the `REV` argument"),
        arguments: [
            Argument("key", .key), Argument("start", .integer), Argument("stop", .integer), .withScores,
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try RangeQuery(.ranks, reversed: true).answer(arguments, &partition, &reply)
    }
}

/// Returns members by score.
enum ZRangeByScore: Command {
    static let spec = CommandSpec(
        name: "ZRANGEBYSCORE", group: .sortedSet, since: "1.0.5",
        arity: .atLeast(4), flags: [.readonly], acl: .sortedSet,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns members of a sorted set within a range of scores.",
        complexity: "O(log N + M) for N members of which M are returned",
        history: [("2.0.0", "The word WITHSCORES.")],
        deprecated: Deprecation(since: "6.2.0", replacedBy: "`ZRANGE` with the `BYSCORE` argument"),
        arguments: [
            Argument("key", .key), Argument("min", .double), Argument("max", .double),
            Argument("withscores", .pureToken, token: "WITHSCORES", since: "2.0.0", optional: true), .limit(since: nil),
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try RangeQuery(.scores, reversed: false).answer(arguments, &partition, &reply)
    }
}

/// Returns members by score, from the highest on.
enum ZRevRangeByScore: Command {
    static let spec = CommandSpec(
        name: "ZREVRANGEBYSCORE", group: .sortedSet, since: "2.2.0",
        arity: .atLeast(4), flags: [.readonly], acl: .sortedSet,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns members of a sorted set within a range of scores, from the highest on.",
        complexity: "O(log N + M) for N members of which M are returned",
        history: [("2.1.6", "Ends of the range may be exclusive.")],
        deprecated: Deprecation(since: "6.2.0", replacedBy: "`ZRANGE` with the `REV` and `BYSCORE` arguments"),
        arguments: [
            Argument("key", .key), Argument("max", .double), Argument("min", .double), .withScores, .limit(since: nil),
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try RangeQuery(.scores, reversed: true).answer(arguments, &partition, &reply)
    }
}

/// Returns members by their bytes, where all scores are equal.
enum ZRangeByLex: Command {
    static let spec = CommandSpec(
        name: "ZRANGEBYLEX", group: .sortedSet, since: "2.8.9",
        arity: .atLeast(4), flags: [.readonly], acl: .sortedSet,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns members of a sorted set within a range of strings.",
        complexity: "O(log N + M) for N members of which M are returned",
        deprecated: Deprecation(since: "6.2.0", replacedBy: "`ZRANGE` with the `BYLEX` argument"),
        arguments: [
            Argument("key", .key), Argument("min", .string), Argument("max", .string), .limit(since: nil),
        ],
        reply: .array(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try RangeQuery(.members, reversed: false).answer(arguments, &partition, &reply)
    }
}

/// Returns members by their bytes, where all scores are equal, the last first.
enum ZRevRangeByLex: Command {
    static let spec = CommandSpec(
        name: "ZREVRANGEBYLEX", group: .sortedSet, since: "2.8.9",
        arity: .atLeast(4), flags: [.readonly], acl: .sortedSet,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns members of a sorted set within a range of strings, the last first.",
        complexity: "O(log N + M) for N members of which M are returned",
        deprecated: Deprecation(since: "6.2.0", replacedBy: "`ZRANGE` with the `REV` and `BYLEX` arguments"),
        arguments: [
            Argument("key", .key), Argument("max", .string), Argument("min", .string), .limit(since: nil),
        ],
        reply: .array(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try RangeQuery(.members, reversed: true).answer(arguments, &partition, &reply)
    }
}

extension Argument {
    fileprivate static let withScores = Argument("withscores", .pureToken, token: "WITHSCORES", optional: true)

    fileprivate static func limit(since version: StaticString?) -> Argument {
        Argument(
            "limit", .block, token: "LIMIT", since: version, optional: true,
            [Argument("offset", .integer), Argument("count", .integer)])
    }
}

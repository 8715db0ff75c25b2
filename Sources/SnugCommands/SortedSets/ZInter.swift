internal import SnugEngine
internal import SnugRESP

/// Returns what sorted sets have in common.
enum ZInter: Command {
    static let spec = CommandSpec(
        name: "ZINTER", group: .sortedSet, since: "6.2.0",
        arity: .atLeast(3), flags: [.readonly, .movableKeys], acl: .sortedSet,
        keys: [.counted(at: 1, [.readOnly, .access])],
        summary: "Returns the members that all of several sorted sets or sets have, with their scores put together.",
        complexity: "O(N*K + M log M) for N members of the smallest of K sources and M in the result",
        arguments: [
            .numberOfKeys, Argument("key", .key, multiple: true), .weights, .aggregate,
            Argument("withscores", .pureToken, token: "WITHSCORES", optional: true),
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let query = try CombinationQuery(
            arguments, numberAt: 1, of: "zinter", [.weights, .aggregate, .withScores], &partition, &reply)
        query.write(partition.intersect(query.sources, query.weights, query.aggregate), &reply)
    }
}

/// Stores what sorted sets have in common.
enum ZInterStore: Command {
    static let spec = CommandSpec(
        name: "ZINTERSTORE", group: .sortedSet, since: "2.0.0",
        arity: .atLeast(4), flags: [.write, .denyoom, .movableKeys], acl: .sortedSet,
        keys: [.one(at: 1, [.overwrite, .update]), .counted(at: 2, [.readOnly, .access])],
        summary: "Stores the members that all of several sorted sets or sets have, and returns how many they are.",
        complexity: "O(N*K + M log M) for N members of the smallest of K sources and M in the result",
        arguments: [
            Argument("destination", .key), .numberOfKeys, Argument("key", .key, multiple: true, keySpecIndex: 1),
            .weights, .aggregate,
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let query = try CombinationQuery(
            arguments, numberAt: 2, of: "zinterstore", [.weights, .aggregate], &partition, &reply)
        var members = partition.intersect(query.sources, query.weights, query.aggregate)
        reply.integer(partition.storeSortedSet(&members, under: arguments[1]))
    }
}

/// Counts what sorted sets have in common.
enum ZInterCard: Command {
    static let spec = CommandSpec(
        name: "ZINTERCARD", group: .sortedSet, since: "7.0.0",
        arity: .atLeast(3), flags: [.readonly, .movableKeys], acl: .sortedSet,
        keys: [.counted(at: 1, [.readOnly, .access])],
        summary: "Returns how many members all of several sorted sets or sets have.",
        complexity: "O(N*K) for N members of the smallest of K sources",
        arguments: [
            .numberOfKeys, Argument("key", .key, multiple: true),
            Argument("limit", .integer, token: "LIMIT", optional: true),
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let query = try CombinationQuery(arguments, numberAt: 1, of: "zintercard", [.limit], &partition, &reply)
        reply.integer(partition.intersectionCount(query.sources, atMost: query.limit == 0 ? .max : query.limit))
    }
}

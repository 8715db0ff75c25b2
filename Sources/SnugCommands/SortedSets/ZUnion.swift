internal import SnugEngine
internal import SnugRESP

/// Returns what is in any of several sorted sets.
enum ZUnion: Command {
    static let spec = CommandSpec(
        name: "ZUNION", group: .sortedSet, since: "6.2.0",
        arity: .atLeast(3), flags: [.readonly, .movableKeys], acl: .sortedSet,
        keys: [.counted(at: 1, [.readOnly, .access])],
        summary: "Returns the members that any of several sorted sets or sets has, with their scores put together.",
        complexity: "O(N + M log M) for N members in all sources and M in the result",
        arguments: [
            .numberOfKeys, Argument("key", .key, multiple: true), .weights, .aggregate,
            Argument("withscores", .pureToken, token: "WITHSCORES", optional: true),
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let query = try CombinationQuery(
            arguments, numberAt: 1, of: "zunion", [.weights, .aggregate, .withScores], &partition, &reply)
        query.write(partition.unite(query.sources, query.weights, query.aggregate), &reply)
    }
}

/// Stores what is in any of several sorted sets.
enum ZUnionStore: Command {
    static let spec = CommandSpec(
        name: "ZUNIONSTORE", group: .sortedSet, since: "2.0.0",
        arity: .atLeast(4), flags: [.write, .denyoom, .movableKeys], acl: .sortedSet,
        keys: [.one(at: 1, [.overwrite, .update]), .counted(at: 2, [.readOnly, .access])],
        summary: "Stores the members that any of several sorted sets or sets has, and returns how many they are.",
        complexity: "O(N + M log M) for N members in all sources and M in the result",
        arguments: [
            Argument("destination", .key), .numberOfKeys, Argument("key", .key, multiple: true, keySpecIndex: 1),
            .weights, .aggregate,
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let query = try CombinationQuery(
            arguments, numberAt: 2, of: "zunionstore", [.weights, .aggregate], &partition, &reply)
        var members = partition.unite(query.sources, query.weights, query.aggregate)
        reply.integer(partition.storeSortedSet(&members, under: arguments[1]))
    }
}

internal import SnugEngine
internal import SnugRESP

/// Returns in what a sorted set differs from others.
enum ZDiff: Command {
    static let spec = CommandSpec(
        name: "ZDIFF", group: .sortedSet, since: "6.2.0",
        arity: .atLeast(3), flags: [.readonly, .movableKeys], acl: .sortedSet,
        keys: [.counted(at: 1, [.readOnly, .access])],
        summary: "Returns the members of a sorted set that no other of several sorted sets or sets has.",
        complexity: "O(N*K) for N members of the first of K sources",
        arguments: [
            .numberOfKeys, Argument("key", .key, multiple: true),
            Argument("withscores", .pureToken, token: "WITHSCORES", optional: true),
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let query = try CombinationQuery(arguments, numberAt: 1, of: "zdiff", [.withScores], &partition, &reply)
        query.write(partition.subtract(query.sources), &reply)
    }
}

/// Stores in what a sorted set differs from others.
enum ZDiffStore: Command {
    static let spec = CommandSpec(
        name: "ZDIFFSTORE", group: .sortedSet, since: "6.2.0",
        arity: .atLeast(4), flags: [.write, .denyoom, .movableKeys], acl: .sortedSet,
        keys: [.one(at: 1, [.overwrite, .update]), .counted(at: 2, [.readOnly, .access])],
        summary: "Stores the members of a sorted set that no other of several has, and returns how many they are.",
        complexity: "O(N*K) for N members of the first of K sources",
        arguments: [
            Argument("destination", .key), .numberOfKeys, Argument("key", .key, multiple: true, keySpecIndex: 1),
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let query = try CombinationQuery(arguments, numberAt: 2, of: "zdiffstore", [], &partition, &reply)
        var members = partition.subtract(query.sources)
        reply.integer(partition.storeSortedSet(&members, under: arguments[1]))
    }
}

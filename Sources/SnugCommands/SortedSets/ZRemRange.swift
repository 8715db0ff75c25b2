internal import SnugEngine
internal import SnugRESP

/// Removes members by rank.
enum ZRemRangeByRank: Command {
    static let spec = CommandSpec.removal(
        "ZREMRANGEBYRANK", since: "2.0.0", "Removes members of a sorted set within a range of ranks.",
        [Argument("start", .integer), Argument("stop", .integer)])

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try remove(.ranks, arguments, &partition, &reply)
    }
}

/// Removes members by score.
enum ZRemRangeByScore: Command {
    static let spec = CommandSpec.removal(
        "ZREMRANGEBYSCORE", since: "1.2.0", "Removes members of a sorted set within a range of scores.",
        [Argument("min", .double), Argument("max", .double)])

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try remove(.scores, arguments, &partition, &reply)
    }
}

/// Removes members by their bytes, where all scores are equal.
enum ZRemRangeByLex: Command {
    static let spec = CommandSpec.removal(
        "ZREMRANGEBYLEX", since: "2.8.9", "Removes members of a sorted set within a range of strings.",
        [Argument("min", .string), Argument("max", .string)])

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try remove(.members, arguments, &partition, &reply)
    }
}

extension CommandSpec {
    fileprivate static func removal(
        _ name: StaticString, since version: StaticString, _ summary: StaticString, _ ends: [Argument]
    ) -> CommandSpec {
        CommandSpec(
            name: name, group: .sortedSet, since: version,
            arity: .exactly(4), flags: [.write], acl: .sortedSet,
            keys: [.one(at: 1, [.readWrite, .delete])],
            summary: summary,
            complexity: "O(log N + M log N) for N members of which M are removed",
            arguments: [Argument("key", .key)] + ends,
            reply: .integer)
    }
}

private func remove(
    _ kind: SortedSetRange.Kind, _ arguments: borrowing Arguments, _ partition: inout Partition,
    _ reply: inout ReplyWriter
) throws(CommandError) {
    let range = try SortedSetRange(kind, arguments, from: 2, to: 3)
    let key = arguments[1]
    do {
        guard var set = try partition.openSortedSet(key) else { return reply.integer(0) }
        let ranks = range.ranks(in: set, arguments)
        set.remove(ranks: ranks)
        partition.closeSortedSet(key, &set, changeCount: ranks.count)
        reply.integer(ranks.count)
    } catch { throw CommandError(error) }
}

internal import SnugEngine
internal import SnugRESP

/// Counts members by score.
enum ZCount: Command {
    static let spec = CommandSpec(
        name: "ZCOUNT", group: .sortedSet, since: "2.0.0",
        arity: .exactly(4), flags: [.readonly, .fast], acl: .sortedSet,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns how many members of a sorted set have scores within a range.",
        complexity: "O(log N) for N members",
        arguments: [Argument("key", .key), Argument("min", .double), Argument("max", .double)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try writeCount(.scores, arguments, &partition, &reply)
    }
}

/// Counts members by their bytes, where all scores are equal.
enum ZLexCount: Command {
    static let spec = CommandSpec(
        name: "ZLEXCOUNT", group: .sortedSet, since: "2.8.9",
        arity: .exactly(4), flags: [.readonly, .fast], acl: .sortedSet,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns how many members of a sorted set lie within a range of strings.",
        complexity: "O(log N) for N members",
        arguments: [Argument("key", .key), Argument("min", .string), Argument("max", .string)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try writeCount(.members, arguments, &partition, &reply)
    }
}

private func writeCount(
    _ kind: SortedSetRange.Kind, _ arguments: borrowing Arguments, _ partition: inout Partition,
    _ reply: inout ReplyWriter
) throws(CommandError) {
    let range = try SortedSetRange(kind, arguments, from: 2, to: 3)
    do {
        guard let set = try partition.sortedSet(arguments[1]) else { return reply.integer(0) }
        reply.integer(range.ranks(in: set, arguments).count)
    } catch { throw CommandError(error) }
}

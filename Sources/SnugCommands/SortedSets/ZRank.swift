internal import SnugEngine
internal import SnugRESP

/// Returns how many members stand before one.
enum ZRank: Command {
    static let spec = CommandSpec.rank(
        "ZRANK", "Returns the place of a member in a sorted set, from the lowest score on.")

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try writeRank(arguments, reversed: false, &partition, &reply)
    }
}

/// Returns how many members stand behind one.
enum ZRevRank: Command {
    static let spec = CommandSpec.rank(
        "ZREVRANK", "Returns the place of a member in a sorted set, from the highest score on.")

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try writeRank(arguments, reversed: true, &partition, &reply)
    }
}

extension CommandSpec {
    fileprivate static func rank(_ name: StaticString, _ summary: StaticString) -> CommandSpec {
        CommandSpec(
            name: name, group: .sortedSet, since: "2.0.0",
            arity: .atLeast(3), flags: [.readonly, .fast], acl: .sortedSet,
            keys: [.one(at: 1, [.readOnly, .access])],
            summary: summary,
            complexity: "O(log N) in a skiplist of N members, O(N) in a listpack",
            history: [("7.2.0", "The word WITHSCORE.")],
            arguments: [
                Argument("key", .key), Argument("member", .string),
                Argument("withscore", .pureToken, token: "WITHSCORE", since: "7.2.0", optional: true),
            ],
            reply: .oneOf([.integer, .null, .array(of: .any)]))
    }
}

private func writeRank(
    _ arguments: borrowing Arguments, reversed: Bool, _ partition: inout Partition, _ reply: inout ReplyWriter
) throws(CommandError) {
    let withScore = arguments.count > 3
    guard arguments.count <= 4, !withScore || arguments[3].isWord("WITHSCORE") else { throw .syntax }
    do {
        guard let set = try partition.sortedSet(arguments[1]), let found = set.rank(of: arguments[2]) else {
            return withScore ? reply.nullArray() : reply.null()
        }
        let rank = reversed ? set.count - 1 - found.rank : found.rank
        guard withScore else { return reply.integer(rank) }
        reply.array(2)
        reply.integer(rank)
        reply.double(found.score)
    } catch { throw CommandError(error) }
}

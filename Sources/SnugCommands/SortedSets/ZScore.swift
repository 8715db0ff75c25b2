internal import SnugEngine
internal import SnugRESP

/// Returns how many members there are.
enum ZCard: Command {
    static let spec = CommandSpec(
        name: "ZCARD", group: .sortedSet, since: "1.2.0",
        arity: .exactly(2), flags: [.readonly, .fast], acl: .sortedSet,
        keys: [.one(at: 1, [.readOnly])],
        summary: "Returns how many members a sorted set has.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do { reply.integer(try partition.sortedSet(arguments[1])?.count ?? 0) } catch { throw CommandError(error) }
    }
}

/// Returns the score of a member.
enum ZScore: Command {
    static let spec = CommandSpec(
        name: "ZSCORE", group: .sortedSet, since: "1.2.0",
        arity: .exactly(3), flags: [.readonly, .fast], acl: .sortedSet,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns the score of a member of a sorted set.",
        complexity: "O(1) in a skiplist, O(N) in a listpack of N members",
        arguments: [Argument("key", .key), Argument("member", .string)],
        reply: .oneOf([.double, .null]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            reply.score(try partition.sortedSet(arguments[1])?.score(of: arguments[2]))
        } catch { throw CommandError(error) }
    }
}

/// Returns the scores of members.
enum ZMScore: Command {
    static let spec = CommandSpec(
        name: "ZMSCORE", group: .sortedSet, since: "6.2.0",
        arity: .atLeast(3), flags: [.readonly, .fast], acl: .sortedSet,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns the scores of members of a sorted set.",
        complexity: "O(1) per member of a skiplist, O(N) of a listpack of N members",
        arguments: [Argument("key", .key), Argument("member", .string, multiple: true)],
        reply: .array(of: .oneOf([.double, .null])))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            let set = try partition.sortedSet(arguments[1])
            reply.array(arguments.count - 2)
            for index in 2..<arguments.count { reply.score(set?.score(of: arguments[index])) }
        } catch { throw CommandError(error) }
    }
}

extension ReplyWriter {
    /// A score, or null.
    mutating func score(_ score: Double?) {
        if let score { double(score) } else { null() }
    }
}

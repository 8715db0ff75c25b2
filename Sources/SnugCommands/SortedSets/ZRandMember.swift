internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Draws members by chance. A positive count draws different members, a negative one lets them repeat.
enum ZRandMember: Command {
    static let spec = CommandSpec(
        name: "ZRANDMEMBER", group: .sortedSet, since: "6.2.0",
        arity: .atLeast(2), flags: [.readonly], acl: .sortedSet,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output"],
        summary: "Returns members of a sorted set drawn by chance.",
        complexity: "O(M log N) for M drawn members of N",
        arguments: [
            Argument("key", .key),
            Argument(
                "options", .block, optional: true,
                [
                    Argument("count", .integer),
                    Argument("withscores", .pureToken, token: "WITHSCORES", optional: true),
                ]),
        ],
        reply: .oneOf([.bulkOrNull, .array(of: .any)]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let count = arguments.count > 2 ? try DrawCount.read(arguments, pairs: "WITHSCORES") : nil
        let withScores = arguments.count == 4
        var random = partition.random.split()
        let mark = reply.mark
        var repeats = RepeatedDraws(0, from: 0)
        do {
            guard let set = try partition.sortedSet(arguments[1]) else {
                return count == nil ? reply.null() : reply.array(0)
            }
            guard let count else { return set.forEachRandom(1, using: &random) { member, _ in reply.bulk(member) } }
            let drawn = count < 0 ? Int(-count) : min(Int(count), set.count)
            if withScores { reply.beginPairs(drawn) } else { reply.array(drawn) }
            if count < 0 {
                repeats = RepeatedDraws(drawn, from: reply.byteCount)
                while let part = repeats.next(reply.byteCount) {
                    set.forEachRandom(part, using: &random) { write($0, $1, withScores, &reply) }
                }
            } else {
                set.forEachDistinctRandom(drawn, using: &random) { write($0, $1, withScores, &reply) }
            }
        } catch { throw CommandError(error) }
        guard repeats.isComplete else {
            reply.rollBack(to: mark)
            throw .valueOutOfRange
        }
    }

    private static func write(_ member: RawSpan, _ score: Double, _ withScores: Bool, _ reply: inout ReplyWriter) {
        if withScores { reply.pair(member, score) } else { reply.bulk(member) }
    }
}

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
        let count = arguments.count > 2 ? try drawCount(arguments, &reply) : nil
        let withScores = arguments.count == 4
        var random = partition.random.split()
        let mark = reply.mark
        var left = count.map { $0 < 0 ? Int(-$0) : 0 } ?? 0
        do {
            guard let set = try partition.sortedSet(arguments[1]) else {
                return count == nil ? reply.null() : reply.array(0)
            }
            guard let count else { return set.forEachRandom(1, using: &random) { member, _ in reply.bulk(member) } }
            let drawn = count < 0 ? left : min(Int(count), set.count)
            if withScores { reply.beginPairs(drawn) } else { reply.array(drawn) }
            let start = reply.byteCount
            while left > 0 && reply.byteCount - start <= repeatsByteCountMax {
                let part = min(left, repeatsPerLook)
                set.forEachRandom(part, using: &random) { write($0, $1, withScores, &reply) }
                left -= part
            }
            if count > 0 {
                set.forEachDistinctRandom(drawn, using: &random) { write($0, $1, withScores, &reply) }
            }
        } catch { throw CommandError(error) }
        guard left == 0 else {
            reply.rollBack(to: mark)
            throw .valueOutOfRange
        }
    }

    /// Reads the count and what follows it, in Redis's order of complaints.
    private static func drawCount(
        _ arguments: borrowing Arguments, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Int64 {
        let count = try arguments[2].integer()
        guard count != .min else {
            reply.error(
                "ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807")
            throw .written
        }
        if arguments.count > 3 {
            guard arguments.count == 4, arguments[3].isWord("WITHSCORES") else { throw .syntax }
            guard count.magnitude <= UInt64(Int64.max / 2) else { throw .valueOutOfRange }
        }
        guard count >= -repeatsMax else { throw .valueOutOfRange }
        return count
    }

    /// Most members that a negative count may ask for. Redis draws on until its memory ends.
    private static let repeatsMax: Int64 = 1 << 24
    /// Most bytes that they may take, looked at after so many draws.
    private static let repeatsByteCountMax = 512 << 20
    private static let repeatsPerLook = 1024

    private static func write(_ member: RawSpan, _ score: Double, _ withScores: Bool, _ reply: inout ReplyWriter) {
        if withScores { reply.pair(member, score) } else { reply.bulk(member) }
    }
}

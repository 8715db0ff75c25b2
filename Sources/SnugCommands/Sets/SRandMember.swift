internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Draws members by chance. A positive count draws different members, a negative one lets them repeat.
enum SRandMember: Command {
    static let spec = CommandSpec(
        name: "SRANDMEMBER", group: .set, since: "1.0.0",
        arity: .atLeast(2), flags: [.readonly], acl: .set,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output"],
        summary: "Returns members of a set drawn by chance.",
        complexity: "O(N) for N drawn members of a table, O(N+M) of a listpack of M members",
        history: [("2.6.0", "The argument count.")],
        arguments: [Argument("key", .key), Argument("count", .integer, since: "2.6.0", optional: true)],
        reply: .oneOf([.bulkOrNull, .array(of: .bulk)]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments.count <= 3 else { throw .syntax }
        let count = arguments.count == 3 ? try arguments[2].integerWithMagnitude() : nil
        var random = partition.random.split()
        let mark = reply.mark
        do {
            guard let set = try partition.set(arguments[1]) else {
                return count == nil ? reply.null() : reply.array(0)
            }
            guard let count else { return set.forEachRandom(1, using: &random) { reply.string($0) } }
            if count >= 0 {
                let drawn = min(Int(count), set.count)
                reply.array(drawn)
                return set.forEachDistinctRandom(drawn, using: &random) { reply.string($0) }
            }
            if drawRepeating(count.magnitude, of: set, using: &random, &reply) { return }
        } catch { throw CommandError(error) }
        reply.rollBack(to: mark)
        throw .valueOutOfRange
    }

    /// False when it is too much.
    private static func drawRepeating(
        _ count: UInt64, of set: SetSource, using random: inout RandomSource, _ reply: inout ReplyWriter
    ) -> Bool {
        guard count <= DrawCount.repeatsMax.magnitude else { return false }
        var repeats = RepeatedDraws(Int(count), from: reply.byteCount)
        reply.array(Int(count))
        while let part = repeats.next(reply.byteCount) {
            set.forEachRandom(part, using: &random) { reply.string($0) }
        }
        return repeats.isComplete && repeats.allows(reply.byteCount)
    }
}

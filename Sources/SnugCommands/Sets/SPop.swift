internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Draws members by chance and removes them.
enum SPop: Command {
    static let spec = CommandSpec(
        name: "SPOP", group: .set, since: "1.0.0",
        arity: .atLeast(2), flags: [.write, .fast], acl: .set,
        keys: [.one(at: 1, [.readWrite, .access, .delete])],
        tips: ["nondeterministic_output"],
        summary: "Removes members of a set drawn by chance and returns them.",
        complexity: "O(1) per member in a table, O(N) in an intset or a listpack of N members",
        history: [("3.2.0", "The argument count.")],
        arguments: [Argument("key", .key), Argument("count", .integer, since: "3.2.0", optional: true)],
        reply: .oneOf([.bulkOrNull, .set(of: .bulk)]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments.count <= 3 else { throw .syntax }
        guard arguments.count == 3 else { return try popOne(arguments[1], &partition, &reply) }
        let drawn = try arguments[2].nonNegativeInteger()
        do {
            guard let count = try partition.set(arguments[1], .peek)?.count else { return reply.set(0) }
            reply.set(min(count, Int(drawn)))
            try partition.popMembers(arguments[1], Int(drawn)) { reply.string($0) }
        } catch { throw CommandError(error) }
    }

    private static func popOne(
        _ key: RawSpan, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            if !(try partition.popMember(key, { reply.string($0) })) { reply.null() }
        } catch { throw CommandError(error) }
    }
}

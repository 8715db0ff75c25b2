internal import SnugEngine
internal import SnugRESP

/// Reads a whole set.
enum SMembers: Command {
    static let spec = CommandSpec(
        name: "SMEMBERS", group: .set, since: "1.0.0",
        arity: .exactly(2), flags: [.readonly], acl: .set,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output_order"],
        summary: "Returns all members of a set.",
        complexity: "O(N) for N members",
        arguments: [Argument("key", .key)],
        reply: .set(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            guard let set = try partition.set(arguments[1]) else { return reply.set(0) }
            reply.set(set.count)
            set.forEach { reply.string($0) }
        } catch { throw CommandError(error) }
    }
}

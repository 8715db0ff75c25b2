internal import SnugEngine
internal import SnugRESP

/// Reads the values of a hash.
enum HVals: Command {
    static let spec = CommandSpec(
        name: "HVALS", group: .hash, since: "2.0.0",
        arity: .exactly(2), flags: [.readonly], acl: .hash,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output_order"],
        summary: "Returns all values of a hash.",
        complexity: "O(N) for N fields",
        arguments: [Argument("key", .key)],
        reply: .array(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            guard let hash = try partition.hash(arguments[1]) else { return reply.array(0) }
            reply.array(hash.count)
            hash.forEach { _, value in reply.string(value) }
        } catch { throw CommandError(error) }
    }
}

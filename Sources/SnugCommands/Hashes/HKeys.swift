internal import SnugEngine
internal import SnugRESP

/// Reads the fields of a hash.
enum HKeys: Command {
    static let spec = CommandSpec(
        name: "HKEYS", group: .hash, since: "2.0.0",
        arity: .exactly(2), flags: [.readonly], acl: .hash,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output_order"],
        summary: "Returns all fields of a hash.",
        complexity: "O(N) for N fields",
        arguments: [Argument("key", .key)],
        reply: .array(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            guard let hash = try partition.hash(arguments[1]) else { return reply.array(0) }
            reply.array(hash.count)
            hash.forEach { field, _ in reply.string(field) }
        } catch { throw CommandError(error) }
    }
}

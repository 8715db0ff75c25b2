internal import SnugEngine
internal import SnugRESP

/// Reads a whole hash.
enum HGetAll: Command {
    static let spec = CommandSpec(
        name: "HGETALL", group: .hash, since: "2.0.0",
        arity: .exactly(2), flags: [.readonly], acl: .hash,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output_order"],
        summary: "Returns all fields of a hash with their values.",
        complexity: "O(N) for N fields",
        arguments: [Argument("key", .key)],
        reply: .map(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            guard let hash = try partition.hash(arguments[1]) else { return reply.map(0) }
            reply.map(hash.count)
            hash.forEach { field, value in
                reply.string(field)
                reply.string(value)
            }
        } catch { throw CommandError(error) }
    }
}

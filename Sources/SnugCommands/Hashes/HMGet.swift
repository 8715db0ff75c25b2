internal import SnugEngine
internal import SnugRESP

/// Reads several fields of one hash.
enum HMGet: Command {
    static let spec = CommandSpec(
        name: "HMGET", group: .hash, since: "2.0.0",
        arity: .atLeast(3), flags: [.readonly, .fast], acl: .hash,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns the values of several fields of a hash.",
        complexity: "O(1) per field in a table, O(N) in a listpack of N fields",
        arguments: [Argument("key", .key), Argument("field", .string, multiple: true)],
        reply: .array(of: .bulkOrNull))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            guard let hash = try partition.hash(arguments[1]) else {
                reply.array(arguments.count - 2)
                for _ in 2..<arguments.count { reply.null() }
                return
            }
            reply.array(arguments.count - 2)
            for index in 2..<arguments.count {
                if let value = hash.value(of: arguments[index]) { reply.string(value) } else { reply.null() }
            }
        } catch { throw CommandError(error) }
    }
}

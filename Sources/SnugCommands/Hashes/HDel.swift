internal import SnugEngine
internal import SnugRESP

/// Removes fields; the key goes with the last.
enum HDel: Command {
    static let spec = CommandSpec(
        name: "HDEL", group: .hash, since: "2.0.0",
        arity: .atLeast(3), flags: [.write, .fast], acl: .hash,
        keys: [.one(at: 1, [.readWrite, .delete])],
        summary: "Removes fields from a hash, and the hash when none is left.",
        complexity: "O(1) per field in a table, O(N) in a listpack of N fields",
        history: [("2.4.0", "Takes more than one field.")],
        arguments: [Argument("key", .key), Argument("field", .string, multiple: true)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let key = arguments[1]
        do {
            guard var hash = try partition.openHash(key) else { return reply.integer(0) }
            var removed = 0
            for index in 2..<arguments.count where partition.removeField(arguments[index], from: &hash) {
                removed += 1
            }
            partition.closeHash(key, hash, changeCount: removed)
            reply.integer(removed)
        } catch { throw CommandError(error) }
    }
}

internal import SnugEngine
internal import SnugRESP

/// Removes members; the key goes with the last.
enum SRem: Command {
    static let spec = CommandSpec(
        name: "SREM", group: .set, since: "1.0.0",
        arity: .atLeast(3), flags: [.write, .fast], acl: .set,
        keys: [.one(at: 1, [.readWrite, .delete])],
        summary: "Removes members from a set, and the set when none is left.",
        complexity: "O(1) per member in a table, O(N) in an intset or a listpack of N members",
        history: [("2.4.0", "Takes more than one member.")],
        arguments: [Argument("key", .key), Argument("member", .string, multiple: true)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let key = arguments[1]
        do {
            guard var set = try partition.openSet(key) else { return reply.integer(0) }
            var removed = 0
            for index in 2..<arguments.count where set.remove(arguments[index]) { removed += 1 }
            partition.closeSet(key, &set, changeCount: removed)
            reply.integer(removed)
        } catch { throw CommandError(error) }
    }
}

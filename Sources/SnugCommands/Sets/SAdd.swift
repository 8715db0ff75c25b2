internal import SnugEngine
internal import SnugRESP

/// Adds members.
enum SAdd: Command {
    static let spec = CommandSpec(
        name: "SADD", group: .set, since: "1.0.0",
        arity: .atLeast(3), flags: [.write, .denyoom, .fast], acl: .set,
        keys: [.one(at: 1, [.readWrite, .insert])],
        summary: "Adds members to a set, which is made if needed.",
        complexity: "O(1) per member in a table, O(N) in an intset or a listpack of N members",
        history: [("2.4.0", "Takes more than one member.")],
        arguments: [Argument("key", .key), Argument("member", .string, multiple: true)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let key = arguments[1]
        do {
            var set = try partition.openSet(key, forMember: arguments[2], of: arguments.count - 2)
            var added = 0
            for index in 2..<arguments.count where set.add(arguments[index]) { added += 1 }
            partition.closeSet(key, &set, changeCount: added)
            reply.integer(added)
        } catch { throw CommandError(error) }
    }
}

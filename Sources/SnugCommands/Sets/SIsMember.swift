internal import SnugEngine
internal import SnugRESP

/// Whether a member is there.
enum SIsMember: Command {
    static let spec = CommandSpec(
        name: "SISMEMBER", group: .set, since: "1.0.0",
        arity: .exactly(3), flags: [.readonly, .fast], acl: .set,
        keys: [.one(at: 1, [.readOnly])],
        summary: "Tells whether a set has a member.",
        complexity: "O(1) in a table, O(log N) in an intset, O(N) in a listpack of N members",
        arguments: [Argument("key", .key), Argument("member", .string)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            reply.integer(try partition.setContains(arguments[1], arguments[2]))
        } catch { throw CommandError(error) }
    }
}

/// Whether members are there.
enum SMIsMember: Command {
    static let spec = CommandSpec(
        name: "SMISMEMBER", group: .set, since: "6.2.0",
        arity: .atLeast(3), flags: [.readonly, .fast], acl: .set,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Tells of several members whether a set has them.",
        complexity: "O(1) per member in a table, O(log N) in an intset, O(N) in a listpack of N members",
        arguments: [Argument("key", .key), Argument("member", .string, multiple: true)],
        reply: .array(of: .integer))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            let set = try partition.set(arguments[1])
            reply.array(arguments.count - 2)
            for index in 2..<arguments.count { reply.integer(set?.contains(arguments[index]) ?? false) }
        } catch { throw CommandError(error) }
    }
}

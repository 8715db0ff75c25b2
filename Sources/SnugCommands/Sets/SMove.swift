internal import SnugEngine
internal import SnugRESP

/// Moves a member from one set to another.
enum SMove: Command {
    static let spec = CommandSpec(
        name: "SMOVE", group: .set, since: "1.0.0",
        arity: .exactly(4), flags: [.write, .fast], acl: .set,
        keys: [.one(at: 1, [.readWrite, .access, .delete]), .one(at: 2, [.readWrite, .insert])],
        summary: "Moves a member from one set to another, which is made if needed.",
        complexity: "O(1) in tables, O(N) in an intset or a listpack of N members",
        arguments: [
            Argument("source", .key), Argument("destination", .key, keySpecIndex: 1), Argument("member", .string),
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            reply.integer(try partition.moveMember(arguments[3], from: arguments[1], to: arguments[2]))
        } catch { throw CommandError(error) }
    }
}

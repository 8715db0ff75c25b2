internal import SnugEngine
internal import SnugRESP

/// Lengthens a string.
enum Append: Command {
    static let spec = CommandSpec(
        name: "APPEND", group: .string, since: "2.0.0",
        arity: .exactly(3), flags: [.write, .denyoom, .fast], acl: .string,
        keys: [.one(at: 1, [.readWrite, .insert])],
        summary: "Puts bytes behind a string; the key is made when it is not there.",
        complexity: "Amortized O(N), N being the bytes added",
        arguments: [Argument("key", .key), Argument("value", .string)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do { reply.integer(try partition.appendString(arguments[1], arguments[2])) } catch { throw CommandError(error) }
    }
}

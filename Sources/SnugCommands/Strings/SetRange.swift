internal import SnugEngine
internal import SnugRESP

/// Writes over a part of a string.
enum SetRange: Command {
    static let spec = CommandSpec(
        name: "SETRANGE", group: .string, since: "2.2.0",
        arity: .exactly(4), flags: [.write, .denyoom], acl: .string,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Writes over a part of a string, filling up with zeros.",
        complexity: "O(N), N being the bytes written and filled",
        arguments: [Argument("key", .key), Argument("offset", .integer), Argument("value", .string)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let offset = try arguments[2].integer()
        guard offset >= 0 else { throw .offsetOutOfRange }
        do {
            reply.integer(try partition.setStringRange(arguments[1], at: Int(offset), to: arguments[3]))
        } catch { throw CommandError(error) }
    }
}

internal import SnugCommands
internal import SnugRESP

/// Answers what it is given.
enum Echo: ServerCommand {
    static let spec = CommandSpec(
        name: "ECHO", group: .connection, since: "1.0.0",
        arity: .exactly(2), flags: [.loading, .stale, .fast], acl: .connection,
        summary: "Answers the message.",
        complexity: "O(1)",
        arguments: [Argument("message", .string)],
        reply: .bulk)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.bulk(arguments[1])
    }
}

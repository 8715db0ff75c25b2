internal import SnugCommands
internal import SnugRESP

/// Closes the connection once everything has been answered.
enum Quit: ServerCommand {
    static let spec = CommandSpec(
        name: "QUIT", group: .connection, since: "1.0.0",
        arity: .atLeast(1), flags: [.noscript, .loading, .stale, .fast, .noAuth, .allowBusy], acl: .connection,
        summary: "Closes the connection.",
        complexity: "O(1)",
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        session.closesAfterReply = true
        reply.ok()
    }
}

internal import SnugCommands
internal import SnugRESP

/// Makes the connection as if it were new.
enum Reset: ServerCommand {
    static let spec = CommandSpec(
        name: "RESET", group: .connection, since: "6.2.0",
        arity: .exactly(1), flags: [.noscript, .loading, .stale, .fast, .noAuth, .allowBusy], acl: .connection,
        summary: "Puts the connection back into the state in which it began.",
        complexity: "O(N) for N collected commands and watched keys",
        reply: .simple)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        server.reset(session)
        reply.simple("RESET")
    }
}

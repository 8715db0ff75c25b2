internal import SnugCommands
internal import SnugRESP

/// Shows every command that the server runs from now on.
enum Monitor: ServerCommand {
    static let spec = CommandSpec(
        name: "MONITOR", group: .server, since: "1.0.0",
        arity: .exactly(1), flags: [.admin, .noscript, .loading, .stale],
        summary: "Shows every command that the server runs, as it runs it.",
        complexity: "O(N) for N connections that watch, with each command",
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard !session.isExecuting else {
            reply.error("ERR MONITOR isn't allowed for DENY BLOCKING client")
            throw .written
        }
        if !session.isMonitor {
            session.isMonitor = true
            server.monitors.append(session.id)
        }
        reply.ok()
    }
}

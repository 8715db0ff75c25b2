internal import SnugCommands
internal import SnugRESP

/// Empties the slow log.
enum SlowLogReset: ServerCommand {
    static let spec = CommandSpec(
        name: "RESET", container: "SLOWLOG", group: .server, since: "2.2.12",
        arity: .exactly(2), flags: [.admin, .loading, .stale],
        tips: ["request_policy:all_nodes", "response_policy:all_succeeded"],
        summary: "Empties the slow log.",
        complexity: "O(N) for N entries",
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        server.slowLog.removeAll()
        reply.ok()
    }
}

internal import SnugCommands
internal import SnugRESP

/// Sets the counters that INFO shows to zero.
enum ConfigResetStat: ServerCommand {
    static let spec = CommandSpec(
        name: "RESETSTAT", container: "CONFIG", group: .server, since: "2.0.0",
        arity: .exactly(2), flags: [.admin, .noscript, .loading, .stale],
        summary: "Sets the statistics that INFO shows to zero.",
        complexity: "O(1)",
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        server.resetStatistics()
        reply.ok()
    }
}

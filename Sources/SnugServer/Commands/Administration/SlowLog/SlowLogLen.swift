internal import SnugCommands
internal import SnugRESP

/// Counts the entries.
enum SlowLogLen: ServerCommand {
    static let spec = CommandSpec(
        name: "LEN", container: "SLOWLOG", group: .server, since: "2.2.12",
        arity: .exactly(2), flags: [.admin, .loading, .stale],
        tips: ["request_policy:all_nodes", "response_policy:agg_sum", "nondeterministic_output"],
        summary: "Counts the entries of the slow log.",
        complexity: "O(1)",
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.integer(server.slowLog.count)
    }
}

internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Forgets the delays of events, all or the named ones.
enum LatencyReset: ServerCommand {
    static let spec = CommandSpec(
        name: "RESET", container: "LATENCY", group: .server, since: "2.8.13",
        arity: .atLeast(2), flags: [.admin, .noscript, .loading, .stale],
        tips: ["request_policy:all_nodes", "response_policy:all_succeeded"],
        summary: "Forgets the delays of events, all or the named ones.",
        complexity: "O(1)",
        arguments: [Argument("event", .string, optional: true, multiple: true)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments.count > 2 else { return reply.integer(server.latencyMonitor.removeAll()) }
        var count = 0
        for index in 2..<arguments.count where server.latencyMonitor.remove(arguments[index].makeString()) {
            count += 1
        }
        reply.integer(count)
    }
}

internal import SnugCommands
internal import SnugRESP

/// Tells the latest and the longest delay of every event.
enum LatencyLatest: ServerCommand {
    static let spec = CommandSpec(
        name: "LATEST", container: "LATENCY", group: .server, since: "2.8.13",
        arity: .exactly(2), flags: [.admin, .noscript, .loading, .stale],
        tips: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        summary: "Tells the latest and the longest delay of every event.",
        complexity: "O(1)",
        reply: .array(of: .array(of: .any)))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let events = server.latencyMonitor.events.filter { !$0.samples.isEmpty }
        reply.array(events.count)
        for event in events {
            guard let latest = event.samples.last else { continue }
            reply.array(4)
            reply.bulk(event.name)
            reply.integer(latest.unixSeconds)
            reply.integer(latest.milliseconds)
            reply.integer(event.millisecondsMax)
        }
    }
}

internal import SnugCommands
internal import SnugConfiguration
internal import SnugRESP

/// Judges the delays that were recorded.
enum LatencyDoctor: ServerCommand {
    static let spec = CommandSpec(
        name: "DOCTOR", container: "LATENCY", group: .server, since: "2.8.13",
        arity: .exactly(2), flags: [.admin, .noscript, .loading, .stale],
        tips: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        summary: "Judges the delays that were recorded.",
        complexity: "O(1)",
        reply: .text)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.verbatim(
            LatencyAdvice.text(
                for: server.latencyMonitor,
                thresholdMilliseconds: server.configuration.observation.latencyMillisecondsMin))
    }
}

internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Draws the delays of an event.
enum LatencyGraph: ServerCommand {
    static let spec = CommandSpec(
        name: "GRAPH", container: "LATENCY", group: .server, since: "2.8.13",
        arity: .exactly(3), flags: [.admin, .noscript, .loading, .stale],
        tips: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        summary: "Draws the delays of an event.",
        complexity: "O(1)",
        arguments: [Argument("event", .string)],
        reply: .text)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let name = arguments[2].makeString()
        guard let event = server.latencyMonitor.event(name), !event.samples.isEmpty else {
            throw reply.refusal("ERR No samples available for event '\(name)'")
        }
        reply.verbatim(LatencyDrawing.text(of: event, now: server.partition.now / 1000))
    }
}

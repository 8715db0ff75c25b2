internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Lists the delays of an event with their times.
enum LatencyHistory: ServerCommand {
    static let spec = CommandSpec(
        name: "HISTORY", container: "LATENCY", group: .server, since: "2.8.13",
        arity: .exactly(3), flags: [.admin, .noscript, .loading, .stale],
        tips: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        summary: "Lists the delays of an event with their times.",
        complexity: "O(1)",
        arguments: [Argument("event", .string)],
        reply: .array(of: .array(of: .integer)))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let samples = server.latencyMonitor.event(arguments[2].makeString())?.samples ?? []
        reply.array(samples.count)
        for sample in samples {
            reply.array(2)
            reply.integer(sample.unixSeconds)
            reply.integer(sample.milliseconds)
        }
    }
}

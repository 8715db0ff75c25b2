internal import SnugCommands
internal import SnugRESP

/// Explains the subcommands of LATENCY.
enum LatencyHelp: ServerCommand {
    static let spec = CommandSpec(
        name: "HELP", container: "LATENCY", group: .server, since: "2.8.13",
        arity: .exactly(2), flags: [.loading, .stale],
        summary: "Explains the subcommands of LATENCY.",
        complexity: "O(1)",
        reply: .array(of: .simple))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.help(
            "LATENCY",
            [
                "DOCTOR",
                "    A judgement of the recorded delays.",
                "GRAPH event",
                "    A drawing of an event's delays.",
                "HISTOGRAM [command ...]",
                "    How many calls took up to how many microseconds, for the commands or for all.",
                "HISTORY event",
                "    An event's delays with their times.",
                "LATEST",
                "    The latest and the longest delay of every event.",
                "RESET [event ...]",
                "    Forget the delays of the events, or of all.",
            ])
    }
}

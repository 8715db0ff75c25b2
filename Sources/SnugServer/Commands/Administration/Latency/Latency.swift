internal import SnugCommands
internal import SnugRESP

/// Holds LATENCY.
enum Latency: ServerCommand {
    static let spec = CommandSpec(
        name: "LATENCY", group: .server, since: "2.8.13",
        arity: .atLeast(2),
        summary: "Holds the commands that tell what was slow.",
        complexity: "That of the subcommand",
        reply: .any)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try reply.refuseContainer(spec)
    }
}

internal import SnugCommands
internal import SnugRESP

/// Holds MEMORY.
enum Memory: ServerCommand {
    static let spec = CommandSpec(
        name: "MEMORY", group: .server, since: "4.0.0",
        arity: .atLeast(2),
        summary: "Holds the commands that tell where memory goes.",
        complexity: "That of the subcommand",
        reply: .any)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try reply.refuseContainer(spec)
    }
}

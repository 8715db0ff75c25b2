internal import SnugCommands
internal import SnugRESP

/// Holds FUNCTION.
enum Function: ServerCommand {
    static let spec = CommandSpec(
        name: "FUNCTION", group: .scripting, since: "7.0.0",
        arity: .atLeast(2),
        summary: "Holds the commands on functions.",
        complexity: "That of the subcommand",
        reply: .any)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try reply.refuseContainer(spec)
    }
}

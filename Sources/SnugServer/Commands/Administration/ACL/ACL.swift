internal import SnugCommands
internal import SnugRESP

/// Holds ACL.
enum ACL: ServerCommand {
    static let spec = CommandSpec(
        name: "ACL", group: .server, since: "6.0.0",
        arity: .atLeast(2),
        summary: "Holds the commands on users and their rights.",
        complexity: "That of the subcommand",
        reply: .any)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try reply.refuseContainer(spec)
    }
}

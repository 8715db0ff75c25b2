internal import SnugCommands
internal import SnugRESP

/// Holds SLOWLOG.
enum SlowLogContainer: ServerCommand {
    static let spec = CommandSpec(
        name: "SLOWLOG", group: .server, since: "2.2.12",
        arity: .atLeast(2),
        summary: "Holds the commands of the slow log.",
        complexity: "That of the subcommand",
        reply: .any)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try reply.refuseContainer(spec)
    }
}

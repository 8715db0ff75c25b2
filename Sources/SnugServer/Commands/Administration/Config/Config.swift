internal import SnugCommands
internal import SnugRESP

/// The container of the CONFIG commands. Alone it is an error, which dispatch writes.
enum Config: ServerCommand {
    static let spec = CommandSpec(
        name: "CONFIG", group: .server, since: "2.0.0",
        arity: .atLeast(2),
        summary: "Holds the commands that read and change settings.",
        complexity: "Depends on the subcommand.",
        reply: .any)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.wrongArity(of: "config")
        throw .written
    }
}

internal import SnugCommands
internal import SnugRESP

/// The container of everything on connections. Its subcommands are declarations of their own.
enum Client: ServerCommand {
    static let spec = CommandSpec(
        name: "CLIENT", group: .connection, since: "2.4.0",
        arity: .atLeast(2),
        summary: "Holds the commands on connections.",
        complexity: "That of the subcommand",
        reply: .any)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        throw .syntax
    }
}

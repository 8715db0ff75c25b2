internal import SnugCommands
internal import SnugRESP

/// Explains the subcommands of COMMAND.
enum CommandHelp: ServerCommand {
    static let spec = CommandSpec(
        name: "HELP", container: "COMMAND", group: .server, since: "5.0.0",
        arity: .exactly(2), flags: [.loading, .stale], acl: .connection,
        summary: "Explains the subcommands of COMMAND.",
        complexity: "O(1)",
        reply: .array(of: .simple))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.help(
            "COMMAND",
            [
                "(none)",
                "    Describe every command.",
                "COUNT",
                "    How many commands there are.",
                "DOCS [command ...]",
                "    Summary, arguments and history of the commands, or of all.",
                "GETKEYS command [argument ...]",
                "    The keys of a whole command.",
                "GETKEYSANDFLAGS command [argument ...]",
                "    The keys of a whole command, and what it does with each.",
                "INFO [command ...]",
                "    Describe the commands, or all.",
                "LIST [FILTERBY MODULE name | ACLCAT category | PATTERN pattern]",
                "    The names of commands.",
            ])
    }
}

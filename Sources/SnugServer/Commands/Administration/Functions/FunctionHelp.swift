internal import SnugCommands
internal import SnugRESP

/// Explains the subcommands of FUNCTION.
enum FunctionHelp: ServerCommand {
    static let spec = CommandSpec(
        name: "HELP", container: "FUNCTION", group: .scripting, since: "7.0.0",
        arity: .exactly(2), flags: [.loading, .stale], acl: .scripting,
        summary: "Explains the subcommands of FUNCTION.",
        complexity: "O(1)",
        reply: .array(of: .simple))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.help(
            "FUNCTION",
            [
                "FLUSH [ASYNC | SYNC]",
                "    Remove all libraries.",
                "LIST [LIBRARYNAME pattern] [WITHCODE]",
                "    The libraries and their functions.",
                "STATS",
                "    The function that runs, and how many there are.",
            ])
    }
}

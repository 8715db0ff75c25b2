internal import SnugCommands
internal import SnugRESP

/// Explains the subcommands of ACL.
enum ACLHelp: ServerCommand {
    static let spec = CommandSpec(
        name: "HELP", container: "ACL", group: .server, since: "6.0.0",
        arity: .exactly(2), flags: [.loading, .stale],
        summary: "Explains the subcommands of ACL.",
        complexity: "O(1)",
        reply: .array(of: .simple))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.help(
            "ACL",
            [
                "CAT [category]",
                "    The categories of commands, or the commands of one.",
                "GETUSER name",
                "    The rules of a user.",
                "LIST",
                "    The users with their rules.",
                "USERS",
                "    The names of the users.",
                "WHOAMI",
                "    The user of this connection.",
            ])
    }
}

internal import SnugCommands
internal import SnugRESP

/// Explains the subcommands of SLOWLOG.
enum SlowLogHelp: ServerCommand {
    static let spec = CommandSpec(
        name: "HELP", container: "SLOWLOG", group: .server, since: "6.2.0",
        arity: .exactly(2), flags: [.loading, .stale],
        summary: "Explains the subcommands of SLOWLOG.",
        complexity: "O(1)",
        reply: .array(of: .simple))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.help(
            "SLOWLOG",
            [
                "GET [count]",
                "    The latest entries, 10 unless told, all for -1. Each tells its id, the time, the microseconds,",
                "    the arguments, and the client's address and name.",
                "LEN",
                "    How many entries there are.",
                "RESET",
                "    Remove all entries.",
            ])
    }
}

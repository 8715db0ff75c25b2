internal import SnugCommands
internal import SnugRESP

/// Describes the CONFIG commands.
enum ConfigHelp: ServerCommand {
    static let spec = CommandSpec(
        name: "HELP", container: "CONFIG", group: .server, since: "5.0.0",
        arity: .exactly(2), flags: [.loading, .stale],
        summary: "Describes the subcommands.",
        complexity: "O(1)",
        reply: .array(of: .simple))

    private static let lines: [StaticString] = [
        "CONFIG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
        "GET <pattern>",
        "    Return parameters matching the glob-like <pattern> and their values.",
        "SET <directive> <value>",
        "    Set the configuration <directive> to <value>.",
        "RESETSTAT",
        "    Reset statistics reported by the INFO command.",
        "REWRITE",
        "    Rewrite the configuration file.",
        "HELP",
        "    Prints this help.",
    ]

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.help(lines)
    }
}

internal import SnugCommands
internal import SnugRESP

/// Explains the subcommands of MEMORY.
enum MemoryHelp: ServerCommand {
    static let spec = CommandSpec(
        name: "HELP", container: "MEMORY", group: .server, since: "4.0.0",
        arity: .exactly(2), flags: [.loading, .stale],
        summary: "Explains the subcommands of MEMORY.",
        complexity: "O(1)",
        reply: .array(of: .simple))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.help(
            "MEMORY",
            [
                "DOCTOR",
                "    A judgement of the server's use of memory.",
                "MALLOC-STATS",
                "    The allocator's own report.",
                "PURGE",
                "    Return unused pages to the operating system.",
                "STATS",
                "    The server's memory, split into parts that add up.",
                "USAGE key [SAMPLES count]",
                "    The bytes of a key and its value. The figure is exact; SAMPLES is accepted and not needed.",
            ])
    }
}

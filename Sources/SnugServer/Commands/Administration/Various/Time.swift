internal import SnugCommands
internal import SnugRESP

/// Tells the server's time.
enum Time: ServerCommand {
    static let spec = CommandSpec(
        name: "TIME", group: .server, since: "2.6.0",
        arity: .exactly(1), flags: [.loading, .stale, .fast],
        tips: ["nondeterministic_output"],
        summary: "Tells the server's time.",
        complexity: "O(1)",
        reply: .array(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let microseconds = server.clock.wallMicroseconds()
        reply.array(2)
        reply.bulk(decimal: microseconds / 1_000_000)
        reply.bulk(decimal: microseconds % 1_000_000)
    }
}

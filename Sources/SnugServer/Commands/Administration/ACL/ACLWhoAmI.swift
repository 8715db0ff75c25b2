internal import SnugCommands
internal import SnugRESP

/// Names the connection's user.
enum ACLWhoAmI: ServerCommand {
    static let spec = CommandSpec(
        name: "WHOAMI", container: "ACL", group: .server, since: "6.0.0",
        arity: .exactly(2), flags: [.noscript, .loading, .stale],
        summary: "Names the connection's user.",
        complexity: "O(1)",
        reply: .bulk)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.bulk("default")
    }
}

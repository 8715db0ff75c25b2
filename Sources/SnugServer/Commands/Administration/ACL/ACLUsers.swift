internal import SnugCommands
internal import SnugRESP

/// Lists the names of the users.
enum ACLUsers: ServerCommand {
    static let spec = CommandSpec(
        name: "USERS", container: "ACL", group: .server, since: "6.0.0",
        arity: .exactly(2), flags: [.admin, .noscript, .loading, .stale],
        summary: "Lists the names of the users.",
        complexity: "O(N) for N users",
        reply: .array(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.array(1)
        reply.bulk("default")
    }
}

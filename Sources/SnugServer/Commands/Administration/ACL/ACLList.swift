internal import SnugCommands
internal import SnugConfiguration
internal import SnugRESP

/// Lists the users with their rules.
enum ACLList: ServerCommand {
    static let spec = CommandSpec(
        name: "LIST", container: "ACL", group: .server, since: "6.0.0",
        arity: .exactly(2), flags: [.admin, .noscript, .loading, .stale],
        summary: "Lists the users with their rules.",
        complexity: "O(N) for N users",
        reply: .array(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.array(1)
        let password = DefaultUser.passwordDigest(server.configuration.password)
        reply.bulk("user default on \(password.map { "#" + $0 } ?? "nopass") ~* &* +@all")
    }
}

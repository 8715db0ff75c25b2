internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Says who the client is: `AUTH password` or `AUTH user password`.
enum Auth: ServerCommand {
    static let spec = CommandSpec(
        name: "AUTH", group: .connection, since: "1.0.0",
        arity: .atLeast(2), flags: [.noscript, .loading, .stale, .fast, .noAuth, .allowBusy], acl: .connection,
        summary: "Proves by a password who the client is.",
        complexity: "O(N) for a password of N bytes",
        history: [("6.0.0", "A user's name may stand before the password.")],
        arguments: [
            Argument("username", .string, since: "6.0.0", optional: true), Argument("password", .string),
        ],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        session.secretArguments = Array(1..<arguments.count)
        switch arguments.count {
        case 2:
            guard server.asksForPassword else {
                reply.error(
                    """
                    ERR AUTH <password> called without any password configured for the default user. \
                    Are you sure your configuration is correct?
                    """)
                throw .written
            }
            try server.authenticateDefault(session, password: arguments[1], &reply)
        case 3: try server.authenticate(session, user: arguments[1], password: arguments[2], &reply)
        default: throw .syntax
        }
        reply.ok()
    }
}

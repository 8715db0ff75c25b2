internal import SnugCommands
internal import SnugRESP

/// The connection's number.
enum ClientID: ServerCommand {
    static let spec = CommandSpec(
        name: "ID", container: "CLIENT", group: .connection, since: "5.0.0",
        arity: .exactly(2), flags: [.noscript, .loading, .stale], acl: .connection,
        summary: "Returns the connection's number.",
        complexity: "O(1)",
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.integer(Int64(session.id))
    }
}

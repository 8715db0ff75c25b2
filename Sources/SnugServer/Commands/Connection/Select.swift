internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Chooses the database of the connection's next commands.
enum Select: ServerCommand {
    static let spec = CommandSpec(
        name: "SELECT", group: .connection, since: "1.0.0",
        arity: .exactly(2), flags: [.loading, .stale, .fast], acl: .connection,
        summary: "Chooses the connection's database.",
        complexity: "O(1)",
        arguments: [Argument("index", .integer)],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let index = try arguments[1].integer()
        guard Int32(exactly: index) != nil else { throw .notShortInteger }
        guard index >= 0 && index < server.partition.databaseCount else { throw .databaseIndexOutOfRange }
        session.database = Int(index)
        reply.ok()
    }
}

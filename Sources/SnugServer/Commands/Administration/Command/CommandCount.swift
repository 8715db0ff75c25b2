internal import SnugCommands
internal import SnugRESP

/// Counts the commands, containers as one.
enum CommandCount: ServerCommand {
    static let spec = CommandSpec(
        name: "COUNT", container: "COMMAND", group: .server, since: "2.8.13",
        arity: .exactly(2), flags: [.loading, .stale], acl: .connection,
        summary: "Counts the commands.",
        complexity: "O(1)",
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.integer(server.table.commandCount)
    }
}

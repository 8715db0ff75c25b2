internal import SnugCommands
internal import SnugRESP

/// Picks the keys out of a whole command and tells what it does with each.
enum CommandGetKeysAndFlags: ServerCommand {
    static let spec = CommandSpec(
        name: "GETKEYSANDFLAGS", container: "COMMAND", group: .server, since: "7.0.0",
        arity: .atLeast(4), flags: [.loading, .stale], acl: .connection,
        summary: "Picks the keys out of a whole command and tells what it does with each.",
        complexity: "O(N) for N words",
        arguments: [Argument("command", .string), Argument("arg", .string, optional: true, multiple: true)],
        reply: .array(of: .array(of: .any)))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let request = arguments.dropping(first: 2)
        let positions = try server.table.keyPositions(ofRequest: request, &reply)
        reply.array(positions.count)
        for position in positions {
            reply.array(2)
            reply.bulk(request[position.index])
            reply.names(of: position.flags)
        }
    }
}

internal import SnugCommands
internal import SnugRESP

/// Picks the keys out of a whole command.
enum CommandGetKeys: ServerCommand {
    static let spec = CommandSpec(
        name: "GETKEYS", container: "COMMAND", group: .server, since: "2.8.13",
        arity: .atLeast(4), flags: [.loading, .stale], acl: .connection,
        summary: "Picks the keys out of a whole command.",
        complexity: "O(N) for N words",
        arguments: [Argument("command", .string), Argument("arg", .string, optional: true, multiple: true)],
        reply: .array(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let request = arguments.dropping(first: 2)
        let positions = try server.table.keyPositions(ofRequest: request, &reply)
        reply.array(positions.count)
        for position in positions { reply.bulk(request[position.index]) }
    }
}

extension CommandTable {
    /// The keys of a request that stands among another's arguments. Throws with the error written when the request is
    /// none, takes no keys, or does not have the form that its key specifications describe.
    func keyPositions(
        ofRequest request: borrowing Arguments, _ reply: inout ReplyWriter
    ) throws(CommandError) -> [KeyPosition] {
        guard let number = findCommand(request) else { throw reply.refusal("ERR Invalid command specified") }
        guard entries[number].spec.takesKeys else { throw reply.refusal("ERR The command has no key arguments") }
        guard rows[number].accepts(request.count) else {
            throw reply.refusal("ERR Invalid number of arguments specified for command")
        }
        guard let positions = entries[number].type.keyPositions(request) else {
            if rows[number].flags.contains(.noMandatoryKeys) { return [] }
            throw reply.refusal("ERR Invalid arguments specified for command")
        }
        return positions
    }
}

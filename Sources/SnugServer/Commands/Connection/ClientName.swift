internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// The name that the client has given itself.
enum ClientGetName: ServerCommand {
    static let spec = CommandSpec(
        name: "GETNAME", container: "CLIENT", group: .connection, since: "2.6.9",
        arity: .exactly(2), flags: [.noscript, .loading, .stale], acl: .connection,
        summary: "Returns the connection's name.",
        complexity: "O(1)",
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        if session.name.isEmpty { reply.null() } else { reply.bulk(session.name) }
    }
}

/// Gives the connection a name; the empty one takes it away.
enum ClientSetName: ServerCommand {
    static let spec = CommandSpec(
        name: "SETNAME", container: "CLIENT", group: .connection, since: "2.6.9",
        arity: .exactly(3), flags: [.noscript, .loading, .stale], acl: .connection,
        summary: "Names the connection.",
        complexity: "O(1)",
        arguments: [Argument("connection-name", .string)],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try validate(arguments[2], &reply)
        session.name = arguments[2].makeArray()
        reply.ok()
    }

    static func validate(_ name: RawSpan, _ reply: inout ReplyWriter) throws(CommandError) {
        guard name.isClientAttribute else {
            reply.error("ERR Client names cannot contain spaces, newlines or special characters.")
            throw .written
        }
    }
}

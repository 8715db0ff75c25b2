internal import SnugCommands
internal import SnugRESP

/// Answers PONG, or what it is given.
enum Ping: ServerCommand {
    static let spec = CommandSpec(
        name: "PING", group: .connection, since: "1.0.0",
        arity: .atLeast(1), flags: [.fast], acl: .connection,
        tips: ["request_policy:all_shards", "response_policy:all_succeeded"],
        summary: "Answers PONG, or the message.",
        complexity: "O(1)",
        arguments: [Argument("message", .string, optional: true)],
        reply: .oneOf([.simple, .bulk, .array(of: .bulk)]))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        if session.isSubscriber && session.protocolVersion == 2 && arguments.count <= 2 {
            // In the form of a message, which is all that such a client looks for.
            reply.array(2)
            reply.bulk("pong")
            if arguments.count == 2 { reply.bulk(arguments[1]) } else { reply.bulk("") }
            return
        }
        switch arguments.count {
        case 1: reply.simple("PONG")
        case 2: reply.bulk(arguments[1])
        default:
            reply.wrongArity(of: "ping")
            throw .written
        }
    }
}

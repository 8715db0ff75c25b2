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
        reply: .oneOf([.simple, .bulk]))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        switch arguments.count {
        case 1: reply.simple("PONG")
        case 2: reply.bulk(arguments[1])
        default:
            reply.wrongArity(of: "ping")
            throw .written
        }
    }
}

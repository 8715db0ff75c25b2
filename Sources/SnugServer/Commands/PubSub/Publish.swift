internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Sends a message to those who have subscribed to a channel.
enum Publish: ServerCommand {
    static let spec = CommandSpec(
        name: "PUBLISH", group: .pubsub, since: "2.0.0",
        arity: .exactly(3), flags: [.pubsub, .loading, .stale, .fast],
        summary: "Sends a message to those who have subscribed to the channel; returns how many got it.",
        complexity: "O(N+M) for N subscribers of the channel and M patterns with their subscribers",
        arguments: [Argument("channel", .string), Argument("message", .string)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.integer(server.publish(arguments[2].makeArray(), to: arguments[1].makeArray(), by: session))
        server.sendOwnMessages(of: session, &reply)
    }
}

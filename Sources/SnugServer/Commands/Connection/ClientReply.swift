internal import SnugCommands
internal import SnugRESP

/// Whether the connection's commands are answered. Only `ON` is itself answered.
enum ClientReply: ServerCommand {
    static let spec = CommandSpec(
        name: "REPLY", container: "CLIENT", group: .connection, since: "3.2.0",
        arity: .exactly(3), flags: [.noscript, .loading, .stale], acl: .connection,
        summary: "Says whether the connection's commands are answered.",
        complexity: "O(1)",
        arguments: [
            Argument(
                "on_off_skip", .oneof, [.token("on", "ON"), .token("off", "OFF"), .token("skip", "SKIP")])
        ],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        if arguments[2].isWord("ON") {
            session.replyMode = .on
            reply.ok()
        } else if arguments[2].isWord("OFF") {
            session.replyMode = .off
        } else if arguments[2].isWord("SKIP") {
            if session.replyMode != .off { session.replyMode = .skipRequested }
        } else {
            throw .syntax
        }
    }
}

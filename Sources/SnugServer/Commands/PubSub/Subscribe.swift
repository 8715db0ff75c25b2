internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Subscribes to channels. Each is answered by a push of its own.
enum Subscribe: ServerCommand {
    static let spec = CommandSpec(
        name: "SUBSCRIBE", group: .pubsub, since: "2.0.0",
        arity: .atLeast(2), flags: [.pubsub, .noscript, .loading, .stale],
        summary: "Gets what is published to the channels from now on.",
        complexity: "O(N) for N channels",
        arguments: [Argument("channel", .string, multiple: true)],
        reply: .push)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        for index in 1..<arguments.count {
            let channel = arguments[index].makeArray()
            _ = server.subscribers.add(session, channel: channel)
            server.confirm("subscribe", channel, session, &reply)
        }
    }
}

/// Subscribes to all channels that match patterns.
enum PSubscribe: ServerCommand {
    static let spec = CommandSpec(
        name: "PSUBSCRIBE", group: .pubsub, since: "2.0.0",
        arity: .atLeast(2), flags: [.pubsub, .noscript, .loading, .stale],
        summary: "Gets what is published to channels that match the patterns from now on.",
        complexity: "O(N) for N patterns",
        arguments: [Argument("pattern", .block, multiple: true, [Argument("pattern", .pattern)])],
        reply: .push)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        for index in 1..<arguments.count {
            let pattern = arguments[index].makeArray()
            _ = server.subscribers.add(session, pattern: pattern)
            server.confirm("psubscribe", pattern, session, &reply)
        }
    }
}

extension Server {
    /// Tells a session what it has subscribed to or no longer, and how many subscriptions it has now. Like every push
    /// this is sent whatever CLIENT REPLY says.
    func confirm(_ event: StaticString, _ name: [UInt8]?, _ session: Session, _ reply: inout ReplyWriter) {
        push(to: session, &reply) { writer in
            writer.push(3)
            writer.bulk(event)
            if let name { writer.bulk(name) } else { writer.null() }
            writer.integer(session.subscriptions.count)
        }
    }
}

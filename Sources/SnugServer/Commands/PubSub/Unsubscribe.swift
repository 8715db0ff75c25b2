internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Ends subscriptions to channels, to all without arguments.
enum Unsubscribe: ServerCommand {
    static let spec = CommandSpec(
        name: "UNSUBSCRIBE", group: .pubsub, since: "2.0.0",
        arity: .atLeast(1), flags: [.pubsub, .noscript, .loading, .stale],
        summary: "No longer gets what is published to the channels, or to any.",
        complexity: "O(N) for N channels, and a step for each of their subscribers",
        arguments: [Argument("channel", .string, optional: true, multiple: true)],
        reply: .push)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var channels = arguments.count > 1 ? [] : Array(session.subscriptions.channels)
        for index in 1..<arguments.count { channels.append(arguments[index].makeArray()) }
        for channel in channels {
            server.subscribers.remove(session, channel: channel)
            server.confirm("unsubscribe", channel, session, &reply)
        }
        if channels.isEmpty { server.confirm("unsubscribe", nil, session, &reply) }
    }
}

/// Ends subscriptions to patterns, to all without arguments.
enum PUnsubscribe: ServerCommand {
    static let spec = CommandSpec(
        name: "PUNSUBSCRIBE", group: .pubsub, since: "2.0.0",
        arity: .atLeast(1), flags: [.pubsub, .noscript, .loading, .stale],
        summary: "No longer gets what is published to channels that match the patterns, or any.",
        complexity: "O(N) for N patterns, and a step for each of their subscribers",
        arguments: [Argument("pattern", .pattern, optional: true, multiple: true)],
        reply: .push)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var patterns = arguments.count > 1 ? [] : Array(session.subscriptions.patterns)
        for index in 1..<arguments.count { patterns.append(arguments[index].makeArray()) }
        for pattern in patterns {
            server.subscribers.remove(session, pattern: pattern)
            server.confirm("punsubscribe", pattern, session, &reply)
        }
        if patterns.isEmpty { server.confirm("punsubscribe", nil, session, &reply) }
    }
}

internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Holds PUBSUB.
enum PubSubContainer: ServerCommand {
    static let spec = CommandSpec(
        name: "PUBSUB", group: .pubsub, since: "2.8.0",
        arity: .atLeast(2),
        summary: "Holds the commands that tell who has subscribed.",
        complexity: "That of the subcommand",
        reply: .any)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try reply.refuseContainer(spec)
    }
}

/// Lists the channels that have subscribers.
enum PubSubChannels: ServerCommand {
    static let spec = CommandSpec(
        name: "CHANNELS", container: "PUBSUB", group: .pubsub, since: "2.8.0",
        arity: .atLeast(2), flags: [.pubsub, .loading, .stale],
        summary: "Lists the channels that somebody has subscribed to by name.",
        complexity: "O(N) for N channels",
        arguments: [Argument("pattern", .pattern, optional: true)],
        reply: .array(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        if arguments.count > 3 { throw reply.wrongSubcommandUse(arguments[1].makeString(), of: "PUBSUB") }
        var found: [[UInt8]] = []
        for channel in server.subscribers.channelNames {
            if arguments.count == 3 {
                let pattern = GlobPattern(arguments[2])
                if !pattern.matches(channel.rawBytes) { continue }
            }
            found.append(channel)
        }
        reply.array(found.count)
        for channel in found { reply.bulk(channel) }
    }
}

/// Counts the subscribers of channels.
enum PubSubNumSub: ServerCommand {
    static let spec = CommandSpec(
        name: "NUMSUB", container: "PUBSUB", group: .pubsub, since: "2.8.0",
        arity: .atLeast(2), flags: [.pubsub, .loading, .stale],
        summary: "Counts for each channel who have subscribed to it by name.",
        complexity: "O(N) for N channels",
        arguments: [Argument("channel", .string, optional: true, multiple: true)],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.array((arguments.count - 2) * 2)
        for index in 2..<arguments.count {
            reply.bulk(arguments[index])
            reply.integer(server.subscribers.subscribers(of: arguments[index].makeArray()).count)
        }
    }
}

/// Counts the patterns that have subscribers.
enum PubSubNumPat: ServerCommand {
    static let spec = CommandSpec(
        name: "NUMPAT", container: "PUBSUB", group: .pubsub, since: "2.8.0",
        arity: .exactly(2), flags: [.pubsub, .loading, .stale],
        summary: "Counts the patterns that somebody has subscribed to.",
        complexity: "O(1)",
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.integer(server.subscribers.patternCount)
    }
}

/// Explains the subcommands of PUBSUB.
enum PubSubHelp: ServerCommand {
    static let spec = CommandSpec(
        name: "HELP", container: "PUBSUB", group: .pubsub, since: "6.2.0",
        arity: .exactly(2), flags: [.loading, .stale],
        summary: "Explains the subcommands of PUBSUB.",
        complexity: "O(1)",
        reply: .array(of: .simple))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.help(
            "PUBSUB",
            [
                "CHANNELS [pattern]",
                "    The channels that somebody has subscribed to by name.",
                "NUMSUB [channel ...]",
                "    Each channel with how many have subscribed to it by name.",
                "NUMPAT",
                "    How many patterns somebody has subscribed to.",
            ])
    }
}

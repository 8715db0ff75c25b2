internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Groups the commands that tell of streams.
enum XInfo: Command {
    static let spec = CommandSpec(
        name: "XINFO", group: .stream, since: "5.0.0",
        arity: .atLeast(2),
        summary: "Groups the commands that tell of streams.",
        complexity: "Depends on the subcommand",
        reply: .any)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        throw .syntax
    }

    /// The stream under the key that is the third word. Throws `noSuchKey` and `wrongType`.
    static func stream(
        _ arguments: borrowing Arguments, _ partition: inout Partition
    ) throws(CommandError) -> Box<EntryStream> {
        guard let stream = try translating({ () throws(EngineError) in try partition.stream(arguments[2]) }) else {
            throw .noSuchKey
        }
        return stream
    }
}

/// Tells of the consumers of a group.
enum XInfoConsumers: Command {
    static let spec = CommandSpec(
        name: "CONSUMERS", container: "XINFO", group: .stream, since: "5.0.0",
        arity: .exactly(4), flags: [.readonly], acl: .stream,
        keys: [.one(at: 2, [.readOnly, .access])],
        tips: ["nondeterministic_output"],
        summary: "Tells of the consumers of a group.",
        complexity: "O(N) for N consumers",
        history: [("7.2.0", "The field `inactive`; `idle` is the time since the last attempt.")],
        arguments: [Argument("key", .key), Argument("groupname", .string)],
        reply: .array(of: .map(of: .any)))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let stream = try XInfo.stream(arguments, &partition)
        guard let group = stream.value.group(named: arguments[3]) else {
            reply.noGroup(("No such consumer group '", arguments[3]), ("' for key name '", arguments[2]), "'")
            throw .written
        }
        let now = partition.now
        reply.array(group.value.consumers.count)
        for index in 0..<group.value.consumers.count {
            let consumer = group.value.consumers[index]
            reply.map(4)
            reply.bulk("name")
            reply.bulk(consumer.name(of: group))
            reply.field("pending", Int64(consumer.pendingCount))
            reply.field("idle", max(now - consumer.seenTime, 0))
            reply.field("inactive", consumer.activeTime.map { max(now - $0, 0) } ?? -1)
        }
    }
}

/// Tells of the groups of a stream.
enum XInfoGroups: Command {
    static let spec = CommandSpec(
        name: "GROUPS", container: "XINFO", group: .stream, since: "5.0.0",
        arity: .exactly(3), flags: [.readonly], acl: .stream,
        keys: [.one(at: 2, [.readOnly, .access])],
        summary: "Tells of the consumer groups of a stream.",
        complexity: "O(N) for N groups",
        history: [("7.0.0", "The fields `entries-read` and `lag`.")],
        arguments: [Argument("key", .key)],
        reply: .array(of: .map(of: .any)))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let stream = try XInfo.stream(arguments, &partition)
        reply.array(stream.value.groupCount)
        for index in 0..<stream.value.groupCount {
            let group = stream.value.group(at: index)
            reply.map(6)
            reply.bulk("name")
            reply.bulk(group.value.name)
            reply.field("consumers", Int64(group.value.consumers.count))
            reply.field("pending", Int64(group.value.pending.count))
            reply.progress(of: group, in: stream)
        }
    }
}

/// Lists the subcommands.
enum XInfoHelp: Command {
    static let spec = CommandSpec(
        name: "HELP", container: "XINFO", group: .stream, since: "5.0.0",
        arity: .exactly(2), flags: [.loading, .stale], acl: .stream,
        summary: "Lists the subcommands.",
        complexity: "O(1)",
        reply: .array(of: .simple))

    private static let lines: [StaticString] = [
        "XINFO <subcommand> [<argument> ...]. The subcommands are:",
        "CONSUMERS <key> <group>",
        "    The consumers of a group.",
        "GROUPS <key>",
        "    The groups of a stream.",
        "STREAM <key> [FULL [COUNT <count>]]",
        "    What there is of a stream, with entries, groups and pending entries with FULL.",
        "HELP",
        "    This text.",
    ]

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.help(lines)
    }
}

extension ReplyWriter {
    mutating func field(_ name: StaticString, _ value: Int64) {
        bulk(name)
        integer(value)
    }

    mutating func field(_ name: StaticString, _ id: StreamID) {
        bulk(name)
        streamID(id)
    }

    /// Three fields: up to where a group has read, how many entries that were, and how many are left.
    mutating func progress(of group: Box<ConsumerGroup>, in stream: Box<EntryStream>) {
        field("last-delivered-id", group.value.lastID)
        bulk("entries-read")
        if let count = group.value.readCount { integer(count) } else { null() }
        bulk("lag")
        if let lag = stream.value.lag(of: group) { integer(lag) } else { null() }
    }
}

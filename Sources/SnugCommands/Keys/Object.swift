internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Groups the commands that show how a value is kept.
enum Object: Command {
    static let spec = CommandSpec(
        name: "OBJECT", group: .generic, since: "2.2.3",
        arity: .atLeast(2),
        summary: "Groups the commands that show how a value is kept.",
        complexity: "Depends on the subcommand",
        reply: .any)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        throw .syntax
    }
}

/// Tells how a value is laid out.
enum ObjectEncoding: Command {
    static let spec = CommandSpec(
        name: "ENCODING", container: "OBJECT", group: .generic, since: "2.2.3",
        arity: .exactly(3), flags: [.readonly], acl: .keyspace,
        keys: [.one(at: 2, [.readOnly])],
        tips: ["nondeterministic_output"],
        summary: "Returns how a value is laid out.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let description = partition.describe(arguments[2]) else { return reply.null() }
        reply.bulk(description.encoding.name)
    }
}

/// Tells how often a key is used.
enum ObjectFreq: Command {
    static let spec = CommandSpec(
        name: "FREQ", container: "OBJECT", group: .generic, since: "4.0.0",
        arity: .exactly(3), flags: [.readonly], acl: .keyspace,
        keys: [.one(at: 2, [.readOnly])],
        tips: ["nondeterministic_output"],
        summary: "Returns how often a key is used, on a logarithmic scale.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .oneOf([.integer, .null]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let description = partition.describe(arguments[2]) else { return reply.null() }
        guard partition.accessClock.isLFU else { throw .frequencyNotTracked }
        partition.noteAccessAsked()
        reply.integer(Int64(description.frequency))
    }
}

/// Tells for how many seconds a key has not been used.
enum ObjectIdleTime: Command {
    static let spec = CommandSpec(
        name: "IDLETIME", container: "OBJECT", group: .generic, since: "2.2.3",
        arity: .exactly(3), flags: [.readonly], acl: .keyspace,
        keys: [.one(at: 2, [.readOnly])],
        tips: ["nondeterministic_output"],
        summary: "Returns for how many seconds a key has not been used.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .oneOf([.integer, .null]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let description = partition.describe(arguments[2]) else { return reply.null() }
        guard !partition.accessClock.isLFU else { throw .idleTimeNotTracked }
        partition.noteAccessAsked()
        reply.integer(description.idleSeconds)
    }
}

/// Tells how often a value is referred to: once, but for the small integers that Redis shares without end.
enum ObjectRefCount: Command {
    static let spec = CommandSpec(
        name: "REFCOUNT", container: "OBJECT", group: .generic, since: "2.2.3",
        arity: .exactly(3), flags: [.readonly], acl: .keyspace,
        keys: [.one(at: 2, [.readOnly])],
        tips: ["nondeterministic_output"],
        summary: "Returns how often a value is referred to.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .oneOf([.integer, .null]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let description = partition.describe(arguments[2]) else { return reply.null() }
        reply.integer(description.isSharedInteger ? Int64(Int32.max) : 1)
    }
}

/// Lists the subcommands.
enum ObjectHelp: Command {
    static let spec = CommandSpec(
        name: "HELP", container: "OBJECT", group: .generic, since: "6.2.0",
        arity: .exactly(2), flags: [.loading, .stale], acl: .keyspace,
        summary: "Lists the subcommands.",
        complexity: "O(1)",
        reply: .array(of: .simple))

    private static let lines: [StaticString] = [
        "OBJECT <subcommand> [<key>]. The subcommands are:",
        "ENCODING <key>",
        "    How the value is laid out, in the words of Redis.",
        "FREQ <key>",
        "    How often the key is used, from 0 to 255 on a logarithmic scale. Kept under an LFU maxmemory-policy only.",
        "IDLETIME <key>",
        "    Seconds since the key was last used. Not kept under an LFU maxmemory-policy.",
        "REFCOUNT <key>",
        "    How often the value is referred to.",
        "HELP",
        "    This text.",
    ]

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.help(lines)
    }
}

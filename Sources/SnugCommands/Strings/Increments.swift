internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Adds one.
enum Incr: Command {
    static let spec = CommandSpec(
        name: "INCR", group: .string, since: "1.0.0",
        arity: .exactly(2), flags: [.write, .denyoom, .fast], acl: .string,
        keys: [.one(at: 1, [.readWrite, .access, .update])],
        summary: "Adds one to the integer under a key, which counts as 0 when it is not there.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try increment(arguments[1], by: 1, &partition, &reply)
    }
}

/// Takes one away.
enum Decr: Command {
    static let spec = CommandSpec(
        name: "DECR", group: .string, since: "1.0.0",
        arity: .exactly(2), flags: [.write, .denyoom, .fast], acl: .string,
        keys: [.one(at: 1, [.readWrite, .access, .update])],
        summary: "Takes one from the integer under a key, which counts as 0 when it is not there.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try increment(arguments[1], by: -1, &partition, &reply)
    }
}

/// Adds a number.
enum IncrBy: Command {
    static let spec = CommandSpec(
        name: "INCRBY", group: .string, since: "1.0.0",
        arity: .exactly(3), flags: [.write, .denyoom, .fast], acl: .string,
        keys: [.one(at: 1, [.readWrite, .access, .update])],
        summary: "Adds a number to the integer under a key.",
        complexity: "O(1)",
        arguments: [Argument("key", .key), Argument("increment", .integer)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try increment(arguments[1], by: arguments[2].integer(), &partition, &reply)
    }
}

/// Takes a number away.
enum DecrBy: Command {
    static let spec = CommandSpec(
        name: "DECRBY", group: .string, since: "1.0.0",
        arity: .exactly(3), flags: [.write, .denyoom, .fast], acl: .string,
        keys: [.one(at: 1, [.readWrite, .access, .update])],
        summary: "Takes a number from the integer under a key.",
        complexity: "O(1)",
        arguments: [Argument("key", .key), Argument("decrement", .integer)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let amount = try arguments[2].integer()
        // Its negative is no `Int64`.
        guard amount != .min else { throw .decrementOverflow }
        try increment(arguments[1], by: -amount, &partition, &reply)
    }
}

private func increment(
    _ key: RawSpan, by amount: Int64, _ partition: inout Partition, _ reply: inout ReplyWriter
) throws(CommandError) {
    do { reply.integer(try partition.increment(key, by: amount)) } catch { throw CommandError(error) }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Makes a key expire after some seconds.
enum Expire: Command {
    static let spec = CommandSpec(
        name: "EXPIRE", group: .generic, since: "1.0.0",
        arity: .atLeast(3), flags: [.write, .fast], acl: .keyspace,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Makes a key expire after some seconds.",
        complexity: "O(1)",
        history: [(since: "7.0.0", change: "The options NX, XX, GT and LT.")],
        arguments: [Argument("key", .key), Argument("seconds", .integer), .expiryCondition],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try setExpiry(arguments, .seconds, of: "expire", &partition, &reply)
    }
}

/// Makes a key expire after some milliseconds.
enum PExpire: Command {
    static let spec = CommandSpec(
        name: "PEXPIRE", group: .generic, since: "2.6.0",
        arity: .atLeast(3), flags: [.write, .fast], acl: .keyspace,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Makes a key expire after some milliseconds.",
        complexity: "O(1)",
        history: [(since: "7.0.0", change: "The options NX, XX, GT and LT.")],
        arguments: [Argument("key", .key), Argument("milliseconds", .integer), .expiryCondition],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try setExpiry(arguments, .milliseconds, of: "pexpire", &partition, &reply)
    }
}

/// Makes a key expire at a time in seconds.
enum ExpireAt: Command {
    static let spec = CommandSpec(
        name: "EXPIREAT", group: .generic, since: "1.2.0",
        arity: .atLeast(3), flags: [.write, .fast], acl: .keyspace,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Makes a key expire at a time, in seconds since 1970.",
        complexity: "O(1)",
        history: [(since: "7.0.0", change: "The options NX, XX, GT and LT.")],
        arguments: [Argument("key", .key), Argument("unix-time-seconds", .unixTime), .expiryCondition],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try setExpiry(arguments, .secondsSince1970, of: "expireat", &partition, &reply)
    }
}

/// Makes a key expire at a time in milliseconds.
enum PExpireAt: Command {
    static let spec = CommandSpec(
        name: "PEXPIREAT", group: .generic, since: "2.6.0",
        arity: .atLeast(3), flags: [.write, .fast], acl: .keyspace,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Makes a key expire at a time, in milliseconds since 1970.",
        complexity: "O(1)",
        history: [(since: "7.0.0", change: "The options NX, XX, GT and LT.")],
        arguments: [Argument("key", .key), Argument("unix-time-milliseconds", .unixTime), .expiryCondition],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try setExpiry(arguments, .millisecondsSince1970, of: "pexpireat", &partition, &reply)
    }
}

extension Argument {
    fileprivate static let expiryCondition = Argument(
        "condition", .oneof, since: "7.0.0", optional: true,
        [.token("nx", "NX"), .token("xx", "XX"), .token("gt", "GT"), .token("lt", "LT")])
}

private func setExpiry(
    _ arguments: borrowing Arguments, _ unit: Expiration.Unit, of command: StaticString,
    _ partition: inout Partition, _ reply: inout ReplyWriter
) throws(CommandError) {
    let condition = try expiryCondition(arguments, &reply)
    let number = try arguments[2].integer()
    guard let time = unit.milliseconds(number, now: partition.now) else {
        throw reply.invalidExpireTime(of: command)
    }
    reply.integer(partition.setExpiry(of: arguments[1], to: time, if: condition))
}

private func expiryCondition(
    _ arguments: borrowing Arguments, _ reply: inout ReplyWriter
) throws(CommandError) -> ExpiryCondition {
    var condition: ExpiryCondition = []
    for index in 3..<max(3, arguments.count) {
        let word = arguments[index]
        if word.isWord("NX") {
            condition.insert(.none)
        } else if word.isWord("XX") {
            condition.insert(.some)
        } else if word.isWord("GT") {
            condition.insert(.later)
        } else if word.isWord("LT") {
            condition.insert(.earlier)
        } else {
            throw reply.refusal(bytes: Array("ERR Unsupported option ".utf8) + word.makeArray())
        }
    }
    if condition.contains(.none) && condition != .none { throw .conflictingExpiryConditions }
    if condition.isSuperset(of: [.later, .earlier]) { throw .laterAndEarlier }
    return condition
}

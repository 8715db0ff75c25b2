internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Makes fields expire after some seconds.
enum HExpire: Command {
    static let spec = CommandSpec(
        name: "HEXPIRE", group: .hash, since: "7.4.0",
        arity: .atLeast(6), flags: [.write, .denyoom, .fast], acl: .hash,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Makes fields of a hash expire after some seconds.",
        complexity: "O(1) per field in a table, O(N) in a small hash of N fields",
        arguments: [
            Argument("key", .key), Argument("seconds", .integer), .fieldExpiryCondition,
            FieldList.argument,
        ],
        reply: .array(of: .integer))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try setExpiry(arguments, .seconds, of: "hexpire", &partition, &reply)
    }
}

/// Makes fields expire after some milliseconds.
enum HPExpire: Command {
    static let spec = CommandSpec(
        name: "HPEXPIRE", group: .hash, since: "7.4.0",
        arity: .atLeast(6), flags: [.write, .denyoom, .fast], acl: .hash,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Makes fields of a hash expire after some milliseconds.",
        complexity: "O(1) per field in a table, O(N) in a small hash of N fields",
        arguments: [
            Argument("key", .key), Argument("milliseconds", .integer), .fieldExpiryCondition,
            FieldList.argument,
        ],
        reply: .array(of: .integer))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try setExpiry(arguments, .milliseconds, of: "hpexpire", &partition, &reply)
    }
}

/// Makes fields expire at a time in seconds.
enum HExpireAt: Command {
    static let spec = CommandSpec(
        name: "HEXPIREAT", group: .hash, since: "7.4.0",
        arity: .atLeast(6), flags: [.write, .denyoom, .fast], acl: .hash,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Makes fields of a hash expire at a time, in seconds since 1970.",
        complexity: "O(1) per field in a table, O(N) in a small hash of N fields",
        arguments: [
            Argument("key", .key), Argument("unix-time-seconds", .unixTime), .fieldExpiryCondition,
            FieldList.argument,
        ],
        reply: .array(of: .integer))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try setExpiry(arguments, .secondsSince1970, of: "hexpireat", &partition, &reply)
    }
}

/// Makes fields expire at a time in milliseconds.
enum HPExpireAt: Command {
    static let spec = CommandSpec(
        name: "HPEXPIREAT", group: .hash, since: "7.4.0",
        arity: .atLeast(6), flags: [.write, .denyoom, .fast], acl: .hash,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Makes fields of a hash expire at a time, in milliseconds since 1970.",
        complexity: "O(1) per field in a table, O(N) in a small hash of N fields",
        arguments: [
            Argument("key", .key), Argument("unix-time-milliseconds", .unixTime), .fieldExpiryCondition,
            FieldList.argument,
        ],
        reply: .array(of: .integer))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try setExpiry(arguments, .millisecondsSince1970, of: "hpexpireat", &partition, &reply)
    }
}

extension Argument {
    fileprivate static let fieldExpiryCondition = Argument(
        "condition", .oneof, optional: true,
        [.token("nx", "NX"), .token("xx", "XX"), .token("gt", "GT"), .token("lt", "LT")])
}

private func setExpiry(
    _ arguments: borrowing Arguments, _ unit: Expiration.Unit, of command: StaticString,
    _ partition: inout Partition, _ reply: inout ReplyWriter
) throws(CommandError) {
    guard partition.type(of: arguments[1], .peek) ?? .hash == .hash else { throw .wrongType }
    let time = try unit.fieldTime(arguments[2], now: partition.now, of: command, &reply)
    let condition = ExpiryCondition(word: arguments[3])
    let start = condition == nil ? 3 : 4
    let fields = try FieldList.read(arguments, at: start, countError: .parameterNotPositive, &reply)
    reply.array(fields.count)
    do {
        guard var hash = try partition.openHash(arguments[1]) else {
            for _ in fields { reply.integer(-2) }
            return
        }
        var changeCount = 0
        for index in fields {
            switch partition.setExpiry(of: arguments[index], to: time, if: condition ?? [], in: &hash) {
            case .noField: reply.integer(-2)
            case .refused: reply.integer(0)
            case .set:
                reply.integer(1)
                changeCount += 1
            case .removed:
                reply.integer(2)
                changeCount += 1
            }
        }
        partition.closeHash(arguments[1], hash, changeCount: changeCount)
    } catch { throw CommandError(error) }
}

extension ExpiryCondition {
    /// One of the four words, or nil.
    fileprivate init?(word: RawSpan) {
        if word.isWord("NX") {
            self = .none
        } else if word.isWord("XX") {
            self = .some
        } else if word.isWord("GT") {
            self = .later
        } else if word.isWord("LT") {
            self = .earlier
        } else {
            return nil
        }
    }
}

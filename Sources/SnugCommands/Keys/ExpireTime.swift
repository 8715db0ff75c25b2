internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Tells how many seconds a key has left.
enum TTL: Command {
    static let spec = CommandSpec(
        name: "TTL", group: .generic, since: "1.0.0",
        arity: .exactly(2), flags: [.readonly, .fast], acl: .keyspace,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output"],
        summary: "Returns how many seconds a key has left.",
        complexity: "O(1)",
        history: [(since: "2.8.0", change: "-2 for a key that is not there.")],
        arguments: [Argument("key", .key)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.timeLeft(of: arguments[1], &partition) { $0.inSeconds }
    }
}

/// Tells how many milliseconds a key has left.
enum PTTL: Command {
    static let spec = CommandSpec(
        name: "PTTL", group: .generic, since: "2.6.0",
        arity: .exactly(2), flags: [.readonly, .fast], acl: .keyspace,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output"],
        summary: "Returns how many milliseconds a key has left.",
        complexity: "O(1)",
        history: [(since: "2.8.0", change: "-2 for a key that is not there.")],
        arguments: [Argument("key", .key)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.timeLeft(of: arguments[1], &partition) { $0 }
    }
}

/// Tells at which second a key expires.
enum ExpireTime: Command {
    static let spec = CommandSpec(
        name: "EXPIRETIME", group: .generic, since: "7.0.0",
        arity: .exactly(2), flags: [.readonly, .fast], acl: .keyspace,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns when a key expires, in seconds since 1970.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.expiry(partition.expiry(of: arguments[1])) { $0.inSeconds }
    }
}

/// Tells at which millisecond a key expires.
enum PExpireTime: Command {
    static let spec = CommandSpec(
        name: "PEXPIRETIME", group: .generic, since: "7.0.0",
        arity: .exactly(2), flags: [.readonly, .fast], acl: .keyspace,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns when a key expires, in milliseconds since 1970.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.expiry(partition.expiry(of: arguments[1])) { $0 }
    }
}

extension Int64 {
    /// Milliseconds in whole seconds, rounded half up.
    fileprivate var inSeconds: Int64 { self / 1000 + (self % 1000 >= 500 ? 1 : 0) }
}

extension ReplyWriter {
    /// The time itself, turned into what the command shows; -1 for a key that does not expire, -2 for none.
    fileprivate mutating func expiry(_ expiry: KeyExpiry, _ shown: (Int64) -> Int64) {
        switch expiry {
        case .noKey: integer(-2)
        case .never: integer(-1)
        case .at(let time): integer(shown(time))
        }
    }

    /// As `expiry`, for the milliseconds that are left.
    fileprivate mutating func timeLeft(
        of key: RawSpan, _ partition: inout Partition, _ shown: (Int64) -> Int64
    ) {
        let now = partition.now
        expiry(partition.expiry(of: key)) { shown(max(0, $0 &- now)) }
    }
}

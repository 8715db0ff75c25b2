internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Tells how many seconds fields have left.
enum HTTL: Command {
    static let spec = CommandSpec(
        name: "HTTL", group: .hash, since: "7.4.0",
        arity: .atLeast(5), flags: [.readonly, .fast], acl: .hash,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output"],
        summary: "Returns how many seconds fields of a hash have left.",
        complexity: "O(1) per field in a table, O(N) in a small hash of N fields",
        arguments: [Argument("key", .key), FieldList.argument],
        reply: .array(of: .integer))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let now = partition.now
        try showExpiries(arguments, &partition, &reply) { ($0 - now).inSecondsRoundedUp }
    }
}

/// Tells how many milliseconds fields have left.
enum HPTTL: Command {
    static let spec = CommandSpec(
        name: "HPTTL", group: .hash, since: "7.4.0",
        arity: .atLeast(5), flags: [.readonly, .fast], acl: .hash,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output"],
        summary: "Returns how many milliseconds fields of a hash have left.",
        complexity: "O(1) per field in a table, O(N) in a small hash of N fields",
        arguments: [Argument("key", .key), FieldList.argument],
        reply: .array(of: .integer))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let now = partition.now
        try showExpiries(arguments, &partition, &reply) { $0 - now }
    }
}

/// Tells at which second fields expire.
enum HExpireTime: Command {
    static let spec = CommandSpec(
        name: "HEXPIRETIME", group: .hash, since: "7.4.0",
        arity: .atLeast(5), flags: [.readonly, .fast], acl: .hash,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns when fields of a hash expire, in seconds since 1970.",
        complexity: "O(1) per field in a table, O(N) in a small hash of N fields",
        arguments: [Argument("key", .key), FieldList.argument],
        reply: .array(of: .integer))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try showExpiries(arguments, &partition, &reply) { $0.inSecondsRoundedUp }
    }
}

/// Tells at which millisecond fields expire.
enum HPExpireTime: Command {
    static let spec = CommandSpec(
        name: "HPEXPIRETIME", group: .hash, since: "7.4.0",
        arity: .atLeast(5), flags: [.readonly, .fast], acl: .hash,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns when fields of a hash expire, in milliseconds since 1970.",
        complexity: "O(1) per field in a table, O(N) in a small hash of N fields",
        arguments: [Argument("key", .key), FieldList.argument],
        reply: .array(of: .integer))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try showExpiries(arguments, &partition, &reply) { $0 }
    }
}

extension Int64 {
    /// Milliseconds in seconds.
    fileprivate var inSecondsRoundedUp: Int64 { (self + 999) / 1000 }
}

/// Writes for each field when it expires, as the command shows it, -1 for one that does not, -2 for none.
private func showExpiries(
    _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter,
    _ shown: (Int64) -> Int64
) throws(CommandError) {
    guard partition.type(of: arguments[1], .peek) ?? .hash == .hash else { throw .wrongType }
    let fields = try FieldList.read(arguments, at: 2, &reply)
    reply.array(fields.count)
    do {
        guard let hash = try partition.hash(arguments[1]) else {
            for _ in fields { reply.integer(-2) }
            return
        }
        for index in fields {
            switch hash.expiry(of: arguments[index]) {
            case .noField: reply.integer(-2)
            case .never: reply.integer(-1)
            case .at(let time): reply.integer(shown(time))
            }
        }
    } catch { throw CommandError(error) }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Stores a string that expires.
enum SetEx: Command {
    static let spec = CommandSpec(
        name: "SETEX", group: .string, since: "2.0.0",
        arity: .exactly(4), flags: [.write, .denyoom], acl: .string,
        keys: [.one(at: 1, [.overwrite, .update])],
        summary: "Stores a string that expires after some seconds.",
        complexity: "O(1)",
        arguments: [Argument("key", .key), Argument("seconds", .integer), Argument("value", .string)],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let expiration = Expiration(.seconds, arguments[2])
        let time = try expiration.milliseconds(now: partition.now, of: "setex", &reply)
        partition.setString(arguments[1], to: arguments[3], expiry: .set(time))
        reply.ok()
    }
}

/// Stores a string that expires, with the time in milliseconds.
enum PSetEx: Command {
    static let spec = CommandSpec(
        name: "PSETEX", group: .string, since: "2.6.0",
        arity: .exactly(4), flags: [.write, .denyoom], acl: .string,
        keys: [.one(at: 1, [.overwrite, .update])],
        summary: "Stores a string that expires after some milliseconds.",
        complexity: "O(1)",
        arguments: [Argument("key", .key), Argument("milliseconds", .integer), Argument("value", .string)],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let expiration = Expiration(.milliseconds, arguments[2])
        let time = try expiration.milliseconds(now: partition.now, of: "psetex", &reply)
        partition.setString(arguments[1], to: arguments[3], expiry: .set(time))
        reply.ok()
    }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Adds elements before the others.
enum LPush: Command {
    static let spec = CommandSpec.push(
        "LPUSH", since: "1.0.0", "Adds elements before the first of a list, which is made if needed.",
        history: [("2.4.0", "Takes more than one element.")])

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try push(arguments, .left, onlyIfPresent: false, &partition, &reply)
    }
}

/// Adds elements before the others of a list that is there.
enum LPushX: Command {
    static let spec = CommandSpec.push(
        "LPUSHX", since: "2.2.0", "Adds elements before the first of a list if there is one.",
        history: [("4.0.0", "Takes more than one element.")])

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try push(arguments, .left, onlyIfPresent: true, &partition, &reply)
    }
}

/// Adds elements behind the others.
enum RPush: Command {
    static let spec = CommandSpec.push(
        "RPUSH", since: "1.0.0", "Adds elements behind the last of a list, which is made if needed.",
        history: [("2.4.0", "Takes more than one element.")])

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try push(arguments, .right, onlyIfPresent: false, &partition, &reply)
    }
}

/// Adds elements behind the others of a list that is there.
enum RPushX: Command {
    static let spec = CommandSpec.push(
        "RPUSHX", since: "2.2.0", "Adds elements behind the last of a list if there is one.",
        history: [("4.0.0", "Takes more than one element.")])

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try push(arguments, .right, onlyIfPresent: true, &partition, &reply)
    }
}

extension CommandSpec {
    fileprivate static func push(
        _ name: StaticString, since: StaticString, _ summary: StaticString,
        history: [(since: StaticString, change: StaticString)]
    ) -> CommandSpec {
        CommandSpec(
            name: name, group: .list, since: since,
            arity: .atLeast(3), flags: [.write, .denyoom, .fast], acl: .list,
            keys: [.one(at: 1, [.readWrite, .insert])],
            summary: summary,
            complexity: "O(1) for each element",
            history: history,
            arguments: [Argument("key", .key), Argument("element", .string, multiple: true)],
            reply: .integer)
    }
}

private func push(
    _ arguments: borrowing Arguments, _ end: ListEnd, onlyIfPresent: Bool, _ partition: inout Partition,
    _ reply: inout ReplyWriter
) throws(CommandError) {
    var byteCount = 0
    for index in 2..<arguments.count { byteCount += arguments[index].byteCount }
    do {
        let count = try partition.push(
            arguments.count - 2, byteCount: byteCount, to: arguments[1], end, onlyIfPresent: onlyIfPresent
        ) { push in
            for index in 2..<arguments.count { push(arguments[index]) }
        }
        reply.integer(count)
    } catch { throw CommandError(error) }
}

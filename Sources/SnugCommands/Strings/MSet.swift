internal import SnugEngine
internal import SnugRESP

/// Stores several strings.
enum MSet: Command {
    static let spec = CommandSpec(
        name: "MSET", group: .string, since: "1.0.1",
        arity: .atLeast(3), flags: [.write, .denyoom], acl: .string,
        keys: [.all(from: 1, step: 2, [.overwrite, .update])],
        tips: ["request_policy:multi_shard", "response_policy:all_succeeded"],
        summary: "Stores strings under several keys.",
        complexity: "O(N), N being the number of keys",
        arguments: [
            Argument("key_value", .block, multiple: true, [Argument("key", .key), Argument("value", .string)])
        ],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments.count % 2 == 1 else {
            reply.wrongArity(of: "mset")
            throw .written
        }
        setAll(arguments, &partition)
        reply.ok()
    }
}

/// Stores several strings when none of their keys is there.
enum MSetNX: Command {
    static let spec = CommandSpec(
        name: "MSETNX", group: .string, since: "1.0.1",
        arity: .atLeast(3), flags: [.write, .denyoom], acl: .string,
        keys: [.all(from: 1, step: 2, [.overwrite, .insert])],
        tips: ["request_policy:multi_shard", "response_policy:agg_min"],
        summary: "Stores strings under several keys when none of them is there.",
        complexity: "O(N), N being the number of keys",
        arguments: [
            Argument("key_value", .block, multiple: true, [Argument("key", .key), Argument("value", .string)])
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments.count % 2 == 1 else {
            reply.wrongArity(of: "msetnx")
            throw .written
        }
        var index = 1
        while index < arguments.count {
            if partition.exists(arguments[index], .write) { return reply.integer(false) }
            index += 2
        }
        setAll(arguments, &partition)
        reply.integer(true)
    }
}

/// Stores the pairs of key and value from the second word on.
private func setAll(_ arguments: borrowing Arguments, _ partition: inout Partition) {
    var index = 1
    while index < arguments.count {
        partition.setString(arguments[index], to: arguments[index + 1])
        index += 2
    }
}

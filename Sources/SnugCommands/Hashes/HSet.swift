internal import SnugEngine
internal import SnugRESP

/// Sets fields.
enum HSet: Command {
    static let spec = CommandSpec(
        name: "HSET", group: .hash, since: "2.0.0",
        arity: .atLeast(4), flags: [.write, .denyoom, .fast], acl: .hash,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Sets fields of a hash, which is made if needed.",
        complexity: "O(1) per pair in a table, O(N) in a listpack of N fields",
        history: [("4.0.0", "Takes more than one pair.")],
        arguments: [
            Argument("key", .key),
            Argument("field_value", .block, multiple: true, [Argument("field", .string), Argument("value", .string)]),
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments.count % 2 == 0 else {
            reply.wrongArity(of: "hset")
            throw .written
        }
        reply.integer(try setPairs(arguments, &partition))
    }
}

/// Sets fields, in the way of older versions.
enum HMSet: Command {
    static let spec = CommandSpec(
        name: "HMSET", group: .hash, since: "2.0.0",
        arity: .atLeast(4), flags: [.write, .denyoom, .fast], acl: .hash,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Sets fields of a hash, which is made if needed.",
        complexity: "O(1) per pair in a table, O(N) in a listpack of N fields",
        deprecated: Deprecation(since: "4.0.0", replacedBy: "`HSET` with multiple field-value pairs"),
        arguments: [
            Argument("key", .key),
            Argument("field_value", .block, multiple: true, [Argument("field", .string), Argument("value", .string)]),
        ],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments.count % 2 == 0 else {
            reply.wrongArity(of: "hmset")
            throw .written
        }
        _ = try setPairs(arguments, &partition)
        reply.ok()
    }
}

/// Sets the pairs from the third word on and returns how many fields are new.
private func setPairs(_ arguments: borrowing Arguments, _ partition: inout Partition) throws(CommandError) -> Int {
    let key = arguments[1]
    var addition = HashAddition()
    for index in stride(from: 2, to: arguments.count, by: 2) {
        addition.add(arguments[index], arguments[index + 1])
    }
    do {
        var hash = try partition.openHash(key, for: addition)
        var added = 0
        for index in stride(from: 2, to: arguments.count, by: 2)
        where partition.setField(arguments[index], to: arguments[index + 1], in: &hash) {
            added += 1
        }
        partition.closeHash(key, hash, changeCount: addition.pairCount)
        return added
    } catch { throw CommandError(error) }
}

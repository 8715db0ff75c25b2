internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Returns what sets have in common.
enum SInter: Command {
    static let spec = CommandSpec(
        name: "SINTER", group: .set, since: "1.0.0",
        arity: .atLeast(2), flags: [.readonly], acl: .set,
        keys: [.all(from: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output_order"],
        summary: "Returns the members that all of several sets have.",
        complexity: "O(N*M) for N members of the smallest of M sets",
        arguments: [Argument("key", .key, multiple: true)],
        reply: .set(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let sources = try intersectedSets(arguments, 1..<arguments.count, &partition)
        let mark = reply.mark
        let count = partition.intersect(sources) { reply.string($0) }
        reply.insertHead(.set, count: count, at: mark)
    }
}

/// Counts what sets have in common.
enum SInterCard: Command {
    static let spec = CommandSpec(
        name: "SINTERCARD", group: .set, since: "7.0.0",
        arity: .atLeast(3), flags: [.readonly, .movableKeys], acl: .set,
        keys: [.counted(at: 1, [.readOnly, .access])],
        summary: "Returns how many members all of several sets have.",
        complexity: "O(N*M) for N members of the smallest of M sets",
        arguments: [
            .numberOfKeys, Argument("key", .key, multiple: true),
            Argument("limit", .integer, token: "LIMIT", optional: true),
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let number = arguments[1].canonicalInteger, number > 0 else {
            return reply.error("ERR numkeys should be greater than 0")
        }
        guard number <= arguments.count - 2 else {
            return reply.error("ERR Number of keys can't be greater than number of args")
        }
        let end = 2 + Int(number)
        guard let limit = try limit(arguments, from: end, &reply) else { return }
        let sources = try intersectedSets(arguments, 2..<end, &partition)
        reply.integer(partition.intersectionCount(sources, atMost: limit == 0 ? .max : limit))
    }

    /// The last LIMIT, 0 without one; nil when an error has been written.
    private static func limit(
        _ arguments: borrowing Arguments, from start: Int, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Int? {
        var limit = 0
        for index in stride(from: start, to: arguments.count, by: 2) {
            guard arguments[index].isWord("LIMIT"), index + 1 < arguments.count else { throw .syntax }
            guard let value = arguments[index + 1].canonicalInteger, value >= 0 else {
                reply.error("ERR LIMIT can't be negative")
                return nil
            }
            limit = Int(value)
        }
        return limit
    }
}

/// Stores what sets have in common.
enum SInterStore: Command {
    static let spec = CommandSpec(
        name: "SINTERSTORE", group: .set, since: "1.0.0",
        arity: .atLeast(3), flags: [.write, .denyoom], acl: .set,
        keys: [.one(at: 1, [.readWrite, .update]), .all(from: 2, [.readOnly, .access])],
        summary: "Stores the members that all of several sets have, and returns how many they are.",
        complexity: "O(N*M) for N members of the smallest of M sets",
        arguments: [Argument("destination", .key), Argument("key", .key, multiple: true, keySpecIndex: 1)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let sources = try intersectedSets(arguments, 2..<arguments.count, &partition)
        var set = partition.makeIntersection(sources)
        reply.integer(partition.storeSet(&set, under: arguments[1]))
    }
}

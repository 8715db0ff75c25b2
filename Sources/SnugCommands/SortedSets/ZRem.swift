internal import SnugEngine
internal import SnugRESP

/// Removes members.
enum ZRem: Command {
    static let spec = CommandSpec(
        name: "ZREM", group: .sortedSet, since: "1.2.0",
        arity: .atLeast(3), flags: [.write, .fast], acl: .sortedSet,
        keys: [.one(at: 1, [.readWrite, .delete])],
        summary: "Removes members from a sorted set, and the sorted set when none is left.",
        complexity: "O(log N) per member of a skiplist of N members, O(N) of a listpack",
        history: [("2.4.0", "Takes more than one member.")],
        arguments: [Argument("key", .key), Argument("member", .string, multiple: true)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let key = arguments[1]
        do {
            guard var set = try partition.openSortedSet(key) else { return reply.integer(0) }
            var removed = 0
            for index in 2..<arguments.count where set.remove(arguments[index]) { removed += 1 }
            partition.closeSortedSet(key, &set, changeCount: removed)
            reply.integer(removed)
        } catch { throw CommandError(error) }
    }
}

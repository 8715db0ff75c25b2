internal import SnugEngine
internal import SnugRESP

/// Removes the members with the lowest scores.
enum ZPopMin: Command {
    static let spec = CommandSpec.pop(
        "ZPOPMIN", "Removes the members of a sorted set with the lowest scores and returns them.")

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try pop(arguments, reversed: false, &partition, &reply)
    }
}

/// Removes the members with the highest scores.
enum ZPopMax: Command {
    static let spec = CommandSpec.pop(
        "ZPOPMAX", "Removes the members of a sorted set with the highest scores and returns them.")

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try pop(arguments, reversed: true, &partition, &reply)
    }
}

extension CommandSpec {
    fileprivate static func pop(_ name: StaticString, _ summary: StaticString) -> CommandSpec {
        CommandSpec(
            name: name, group: .sortedSet, since: "5.0.0",
            arity: .atLeast(2), flags: [.write, .fast], acl: .sortedSet,
            keys: [.one(at: 1, [.readWrite, .access, .delete])],
            summary: summary,
            complexity: "O(M log N) for N members of which M are removed",
            arguments: [Argument("key", .key), Argument("count", .integer, optional: true)],
            reply: .array(of: .any))
    }
}

private func pop(
    _ arguments: borrowing Arguments, reversed: Bool, _ partition: inout Partition, _ reply: inout ReplyWriter
) throws(CommandError) {
    guard arguments.count <= 3 else { throw .syntax }
    let hasCount = arguments.count == 3
    let wanted = hasCount ? try arguments[2].nonNegativeInteger() : 1
    let key = arguments[1]
    do {
        guard var set = try partition.openSortedSet(key) else { return reply.array(0) }
        let count = Int(min(wanted, Int64(set.count)))
        let ranks = reversed ? set.count - count..<set.count : 0..<count
        if hasCount { reply.beginPairs(count) } else { reply.array(2) }
        set.forEach(ranks: ranks, reversed: reversed) { member, score in
            if hasCount { return reply.pair(member, score) }
            reply.bulk(member)
            reply.double(score)
        }
        set.remove(ranks: ranks)
        partition.closeSortedSet(key, &set, changeCount: count)
    } catch { throw CommandError(error) }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Walks a sorted set in steps.
enum ZScan: Command {
    static let spec = CommandSpec(
        name: "ZSCAN", group: .sortedSet, since: "2.8.0",
        arity: .atLeast(3), flags: [.readonly], acl: .sortedSet,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output"],
        summary: "Walks over the members and scores of a sorted set in steps.",
        complexity: "O(1) a step of a skiplist, O(N) for a listpack of N members or for a whole walk",
        arguments: [
            Argument("key", .key), Argument("cursor", .integer),
            Argument("pattern", .pattern, token: "MATCH", optional: true),
            Argument("count", .integer, token: "COUNT", optional: true),
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let cursor = arguments[2].scanCursor else { throw .invalidCursor }
        let mark = reply.mark
        guard let set = try set(arguments[1], &partition) else {
            return reply.insertScanHead(cursor: 0, count: 0, at: mark)
        }
        let options = try ScanOptions(arguments, from: 3)
        let pattern = GlobPattern(arguments[options.patternIndex])
        let takesAll = options.patternIndex == 0 || pattern.isStar
        var count = 0
        let next = set.scan(from: cursor, minimumCount: options.count) { member, score in
            guard takesAll || pattern.matches(member) else { return }
            reply.bulk(member)
            reply.bulk(formatDouble(score))
            count += 2
        }
        reply.insertScanHead(cursor: next, count: count, at: mark)
    }

    private static func set(_ key: RawSpan, _ partition: inout Partition) throws(CommandError) -> OpenSortedSet? {
        do { return try partition.sortedSet(key) } catch { throw CommandError(error) }
    }
}

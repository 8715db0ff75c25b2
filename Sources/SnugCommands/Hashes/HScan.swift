internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Walks a hash in steps.
enum HScan: Command {
    static let spec = CommandSpec(
        name: "HSCAN", group: .hash, since: "2.8.0",
        arity: .atLeast(3), flags: [.readonly], acl: .hash,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output"],
        summary: "Walks over the fields and values of a hash in steps.",
        complexity: "O(1) a step of a table, O(N) for a listpack of N fields or for a whole walk",
        arguments: [
            Argument("key", .key), Argument("cursor", .integer),
            Argument("pattern", .pattern, token: "MATCH", optional: true),
            Argument("count", .integer, token: "COUNT", optional: true),
            Argument("novalues", .pureToken, token: "NOVALUES", since: "7.4.0", optional: true),
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let cursor = arguments[2].scanCursor else { throw .invalidCursor }
        let mark = reply.mark
        guard let hash = try hash(arguments[1], &partition) else {
            return reply.insertScanHead(cursor: 0, count: 0, at: mark)
        }
        let options = try ScanOptions(arguments, from: 3, further: .noValues)
        let pattern = GlobPattern(arguments[options.patternIndex])
        let takesAll = options.patternIndex == 0 || pattern.isStar
        var count = 0
        let next = hash.scan(from: cursor, minimumCount: options.count) { field, value in
            guard takesAll || field.withBytes({ pattern.matches($0) }) else { return }
            reply.string(field)
            if options.withValues { reply.string(value) }
            count += options.withValues ? 2 : 1
        }
        reply.insertScanHead(cursor: next, count: count, at: mark)
    }

    @_lifetime(&partition)
    private static func hash(_ key: RawSpan, _ partition: inout Partition) throws(CommandError) -> HashView? {
        do { return try partition.hash(key) } catch { throw CommandError(error) }
    }
}

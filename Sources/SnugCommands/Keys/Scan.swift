internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Lists some of the keys, and where to go on.
enum Scan: Command {
    static let spec = CommandSpec(
        name: "SCAN", group: .generic, since: "2.8.0",
        arity: .atLeast(2), flags: [.readonly], acl: .keyspace,
        tips: ["nondeterministic_output", "request_policy:special"],
        summary: "Returns some of the keys, and where to go on.",
        complexity: "O(1) a call, O(N) for all N keys",
        history: [(since: "6.0.0", change: "The option TYPE.")],
        arguments: [
            Argument("cursor", .integer),
            Argument("pattern", .pattern, token: "MATCH", optional: true),
            Argument("count", .integer, token: "COUNT", optional: true),
            Argument("type", .string, token: "TYPE", since: "6.0.0", optional: true),
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let cursor = arguments[1].scanCursor else { throw .invalidCursor }
        let options = try ScanOptions(arguments, from: 2, further: .type)
        let pattern = GlobPattern(arguments[options.patternIndex])
        let takesAll = options.patternIndex == 0 || pattern.isStar
        let type = options.typeIndex == 0 ? nil : ValueType(arguments[options.typeIndex])
        let isTypeUnknown = options.typeIndex != 0 && type == nil

        let mark = reply.mark
        var count = 0
        let next = partition.scan(from: cursor, minimumCount: options.count, type: type) { key in
            guard !isTypeUnknown, takesAll || pattern.matches(key) else { return }
            reply.bulk(key)
            count += 1
        }
        reply.insertScanHead(cursor: next, count: count, at: mark)
    }
}

extension ValueType {
    /// The type of this name, in any case; nil when there is none.
    fileprivate init?(_ name: RawSpan) {
        for type in ValueType.allCases where name.isWord(type.name) {
            self = type
            return
        }
        return nil
    }
}

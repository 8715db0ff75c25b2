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

    private struct Options {
        /// Index of the pattern's word, 0 without one.
        var pattern = 0
        var count = 10
        /// Index of the type's word, 0 without one.
        var type = 0
    }

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let cursor = arguments[1].scanCursor else { throw .invalidCursor }
        let options = try options(arguments)
        let pattern = GlobPattern(arguments[options.pattern])
        let takesAll = options.pattern == 0 || pattern.isStar
        let type = options.type == 0 ? nil : ValueType(arguments[options.type])
        let isTypeUnknown = options.type != 0 && type == nil

        let mark = reply.mark
        var count = 0
        let next = partition.scan(from: cursor, minimumCount: options.count, type: type) { key in
            guard !isTypeUnknown, takesAll || pattern.matches(key) else { return }
            reply.bulk(key)
            count += 1
        }
        reply.insertScanHead(cursor: next, count: count, at: mark)
    }

    private static func options(_ arguments: borrowing Arguments) throws(CommandError) -> Options {
        var options = Options()
        var index = 2
        while index < arguments.count {
            // Since Redis 7.4.
            if arguments[index].isWord("NOVALUES") { throw .noValuesOutsideHash }
            guard index + 1 < arguments.count else { throw .syntax }
            let (word, value) = (arguments[index], index + 1)
            if word.isWord("COUNT") {
                let count = try arguments[value].integer()
                guard count >= 1 else { throw .syntax }
                options.count = Int(count)
            } else if word.isWord("MATCH") {
                options.pattern = value
            } else if word.isWord("TYPE") {
                options.type = value
            } else {
                throw .syntax
            }
            index += 2
        }
        return options
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

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Sorts a list, a set or a sorted set.
enum Sort: Command {
    static let spec = CommandSpec.sort(
        "SORT", since: "1.0.0", flags: [.write, .denyoom, .movableKeys],
        "Returns or stores the elements of a list, a set or a sorted set in order.",
        stores: true, reply: .oneOf([.array(of: .bulkOrNull), .integer]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try SortQuery(mayStore: true).answer(arguments, &partition, &reply)
    }

    /// The key that is sorted, and the one that the last STORE names.
    static func keyPositions(_ arguments: borrowing Arguments) -> [KeyPosition]? {
        var destination: Int?
        var index = 2
        while index < arguments.count {
            let word = arguments[index]
            if word.isWord("LIMIT") {
                index += 2
            } else if word.isWord("GET") || word.isWord("BY") {
                index += 1
            } else if word.isWord("STORE") && index + 1 < arguments.count {
                destination = index + 1
            }
            index += 1
        }
        var positions = [KeyPosition(index: 1, flags: [.readOnly, .access])]
        if let destination { positions.append(KeyPosition(index: destination, flags: [.overwrite, .update])) }
        return positions
    }
}

/// As SORT, without storing.
enum SortRO: Command {
    static let spec = CommandSpec.sort(
        "SORT_RO", since: "7.0.0", flags: [.readonly, .movableKeys],
        "Returns the elements of a list, a set or a sorted set in order.",
        stores: false, reply: .array(of: .bulkOrNull))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try SortQuery(mayStore: false).answer(arguments, &partition, &reply)
    }

    static func keyPositions(_ arguments: borrowing Arguments) -> [KeyPosition]? {
        [KeyPosition(index: 1, flags: [.readOnly, .access])]
    }
}

extension CommandSpec {
    fileprivate static func sort(
        _ name: StaticString, since version: StaticString, flags: CommandFlags, _ summary: StaticString, stores: Bool,
        reply: ReplyShape
    ) -> CommandSpec {
        var keys = [
            KeySpec.one(at: 1, [.readOnly, .access]),
            KeySpec(
                begin: .unknown, find: .unknown, flags: [.readOnly, .access],
                notes: """
                    For the optional BY/GET keyword. It is marked 'unknown' because the key names derive from the \
                    content of the key we sort
                    """),
        ]
        var arguments = [
            Argument("key", .key),
            Argument(
                "by-pattern", .pattern, token: "BY", display: "pattern", optional: true, keySpecIndex: 1),
            Argument(
                "limit", .block, token: "LIMIT", optional: true,
                [Argument("offset", .integer), Argument("count", .integer)]),
            Argument(
                "get-pattern", .pattern, token: "GET", display: "pattern", optional: true, multiple: true,
                repeatsToken: true, keySpecIndex: 1),
            Argument("order", .oneof, optional: true, [.token("asc", "ASC"), .token("desc", "DESC")]),
            Argument("sorting", .pureToken, token: "ALPHA", optional: true),
        ]
        if stores {
            keys.append(
                KeySpec(
                    begin: .unknown, find: .unknown, flags: [.overwrite, .update],
                    notes: """
                        For the optional STORE keyword. It is marked 'unknown' because the keyword can appear \
                        anywhere in the argument array
                        """))
            arguments.append(Argument("destination", .key, token: "STORE", optional: true, keySpecIndex: 2))
        }
        return CommandSpec(
            name: name, group: .generic, since: version,
            arity: .atLeast(2), flags: flags, acl: [.set, .sortedSet, .list, .dangerous], keys: keys,
            summary: summary,
            complexity: "O(N log N + M) for N elements of which M are returned; O(N) or less where nothing is sorted",
            arguments: arguments, reply: reply)
    }
}

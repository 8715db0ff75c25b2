internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Stores a string.
enum SetString: Command {
    static let spec = CommandSpec(
        name: "SET", group: .string, since: "1.0.0",
        arity: .atLeast(3), flags: [.write, .denyoom], acl: .string,
        keys: [
            .one(
                at: 1, [.readWrite, .access, .update, .variable],
                notes: "RW and ACCESS due to the optional `GET` argument")
        ],
        summary: "Stores a string under a key, with conditions and an expiry if asked.",
        complexity: "O(1)",
        history: [
            (since: "2.6.12", change: "The options EX, PX, NX and XX."),
            (since: "6.0.0", change: "The option KEEPTTL."),
            (since: "6.2.0", change: "The options GET, EXAT and PXAT."),
            (since: "7.0.0", change: "NX and GET may stand together."),
            (since: "8.4.0", change: "The options IFEQ, IFNE, IFDEQ and IFDNE."),
        ],
        arguments: [
            Argument("key", .key),
            Argument("value", .string),
            Argument(
                "condition", .oneof, since: "2.6.12", optional: true,
                [
                    .token("nx", "NX"), .token("xx", "XX"),
                    Argument("ifeq-value", .string, token: "IFEQ", since: "8.4.0"),
                    Argument("ifne-value", .string, token: "IFNE", since: "8.4.0"),
                    Argument("ifdeq-digest", .integer, token: "IFDEQ", since: "8.4.0"),
                    Argument("ifdne-digest", .integer, token: "IFDNE", since: "8.4.0"),
                ]),
            Argument("get", .pureToken, token: "GET", since: "6.2.0", optional: true),
            Argument(
                "expiration", .oneof, optional: true,
                [
                    Argument("seconds", .integer, token: "EX", since: "2.6.12"),
                    Argument("milliseconds", .integer, token: "PX", since: "2.6.12"),
                    Argument("unix-time-seconds", .unixTime, token: "EXAT", since: "6.2.0"),
                    Argument("unix-time-milliseconds", .unixTime, token: "PXAT", since: "6.2.0"),
                    .token("keepttl", "KEEPTTL", since: "6.0.0"),
                ]),
        ],
        reply: .oneOf([.ok, .bulk, .null]))

    private struct Options {
        var ifNew = false
        var ifThere = false
        var condition: ValueCondition?
        var returnsFormer = false
        var keepsExpiry = false
        var expiration: Expiration?
    }

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        if arguments.count == 3 {
            partition.setString(arguments[1], to: arguments[2])
            return reply.ok()
        }
        try set(arguments, options(arguments), &partition, &reply)
    }

    /// With GET, or a condition on its value, the key is read too.
    static func keyPositions(_ arguments: borrowing Arguments) -> [KeyPosition]? {
        for index in 3..<max(arguments.count, 3)
        where arguments[index].isWord("GET") || ValueCondition.Kind(arguments[index]) != nil {
            return [KeyPosition(index: 1, flags: [.readWrite, .access, .update])]
        }
        return [KeyPosition(index: 1, flags: [.overwrite, .update])]
    }

    private static func set(
        _ arguments: borrowing Arguments, _ options: Options, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var expiry = options.keepsExpiry ? ExpiryChange.keep : .remove
        if let expiration = options.expiration {
            expiry = .set(try expiration.milliseconds(now: partition.now, of: "set", &reply))
        }
        var isDone = true
        if let condition = options.condition {
            isDone = try condition.holds(for: arguments[1], arguments, &partition) ?? condition.holdsForNothing
        }
        if options.returnsFormer { _ = try reply.string(arguments[1], &partition) }
        if options.ifNew || options.ifThere {
            isDone = partition.setString(arguments[1], to: arguments[2], expiry: expiry, ifNew: options.ifNew)
        } else if isDone {
            partition.setString(arguments[1], to: arguments[2], expiry: expiry)
        }
        if options.returnsFormer { return }
        if isDone { reply.ok() } else { reply.null() }
    }

    private static func options(_ arguments: borrowing Arguments) throws(CommandError) -> Options {
        var options = Options()
        var index = 3
        while index < arguments.count {
            let word = arguments[index]
            if word.isWord("NX"), !options.ifThere, options.condition == nil {
                options.ifNew = true
            } else if word.isWord("XX"), !options.ifNew, options.condition == nil {
                options.ifThere = true
            } else if let kind = ValueCondition.Kind(word), !options.ifNew, !options.ifThere,
                (options.condition ?? ValueCondition(kind: kind, operandIndex: 0)).kind == kind,
                index + 1 < arguments.count
            {
                index += 1
                options.condition = ValueCondition(kind: kind, operandIndex: index)
            } else if word.isWord("GET") {
                options.returnsFormer = true
            } else if word.isWord("KEEPTTL"), options.expiration == nil {
                options.keepsExpiry = true
            } else if options.keepsExpiry {
                throw .syntax
            } else {
                try Expiration.read(arguments, &index, into: &options.expiration)
            }
            index += 1
        }
        return options
    }
}

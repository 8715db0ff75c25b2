internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Stores several strings under a condition on their keys, with one expiry for all.
enum MSetEx: Command {
    static let spec = CommandSpec(
        name: "MSETEX", group: .string, since: "8.4.0",
        arity: .atLeast(4), flags: [.write, .denyoom, .movableKeys], acl: .string,
        keys: [.counted(at: 1, step: 2, [.overwrite, .update])],
        tips: ["request_policy:multi_shard", "response_policy:all_succeeded"],
        summary: "Stores strings under several keys when all, or none, of them are there, with an expiry if asked.",
        complexity: "O(N), N being the number of keys",
        arguments: [
            .numberOfKeys,
            Argument("data", .block, multiple: true, [Argument("key", .key), Argument("value", .string)]),
            Argument("condition", .oneof, optional: true, [.token("nx", "NX"), .token("xx", "XX")]),
            Argument(
                "expiration", .oneof, optional: true,
                [
                    Argument("seconds", .integer, token: "EX"), Argument("milliseconds", .integer, token: "PX"),
                    Argument("unix-time-seconds", .unixTime, token: "EXAT"),
                    Argument("unix-time-milliseconds", .unixTime, token: "PXAT"), .token("keepttl", "KEEPTTL"),
                ]),
        ],
        reply: .integer)

    private struct Options {
        var ifNew = false
        var ifThere = false
        var keepsExpiry = false
        var expiration: Expiration?
    }

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let keyCount = arguments[1].canonicalInteger, keyCount > 0, keyCount <= Int64(Int32.max) else {
            throw .invalidNumberOfKeys
        }
        guard keyCount * 2 <= Int64(arguments.count - 2) else { throw .wrongNumberOfPairs }
        let end = 2 + Int(keyCount) * 2
        let options = try options(arguments, from: end)
        var expiry = options.keepsExpiry ? ExpiryChange.keep : .remove
        if let expiration = options.expiration {
            expiry = .set(try expiration.milliseconds(now: partition.now, of: "msetex", &reply))
        }
        if options.ifNew || options.ifThere {
            for index in stride(from: 2, to: end, by: 2) {
                if partition.exists(arguments[index], .write) == options.ifNew { return reply.integer(false) }
            }
        }
        for index in stride(from: 2, to: end, by: 2) {
            partition.setString(arguments[index], to: arguments[index + 1], expiry: expiry)
        }
        reply.integer(true)
    }

    private static func options(
        _ arguments: borrowing Arguments, from start: Int
    ) throws(CommandError) -> Options {
        var options = Options()
        var index = start
        while index < arguments.count {
            let word = arguments[index]
            if word.isWord("NX"), !options.ifThere {
                options.ifNew = true
            } else if word.isWord("XX"), !options.ifNew {
                options.ifThere = true
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

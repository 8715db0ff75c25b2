internal import SnugEngine
internal import SnugRESP

/// Removes entries from the front of a stream. Shares `TrimOptions` with XADD.
enum XTrim: Command {
    static let spec = CommandSpec(
        name: "XTRIM", group: .stream, since: "5.0.0",
        arity: .atLeast(4), flags: [.write], acl: .stream,
        keys: [.one(at: 1, [.readWrite, .delete])],
        tips: ["nondeterministic_output"],
        summary: "Removes entries from the front of a stream.",
        complexity: "O(N) for N entries that go, in steps of whole nodes",
        history: [("6.2.0", "The words MINID and LIMIT.")],
        arguments: [Argument("key", .key), .trim(optional: false)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var options = TrimOptions()
        var index = 2
        while index < arguments.count {
            guard let next = try options.take(arguments, at: index, &reply) else { throw .syntax }
            index = next
        }
        try options.check(needed: true, &reply)
        let key = arguments[1]
        do {
            guard let open = try partition.openStream(key, makes: false) else { return reply.integer(0) }
            let limits = partition.limits
            let removed = options.trim(open.stream, limits)
            partition.closeStream(key, open, changeCount: removed)
            reply.integer(removed)
        } catch { throw CommandError(error) }
    }
}

internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Tells the latest changes of encodings that limits have brought about, counts them or forgets them.
enum SnugFlips: ServerCommand {
    static let spec = CommandSpec(
        name: "FLIPS", container: "SNUG", group: .server, since: "0.1.0",
        arity: .atLeast(2), flags: [.admin, .loading, .stale],
        tips: ["request_policy:all_nodes", "nondeterministic_output"],
        summary: "Tells the latest changes of encodings that limits have brought about.",
        complexity: "O(N) for N entries returned",
        arguments: [
            Argument(
                "action", .oneof, optional: true,
                [Argument("count", .integer), .token("len", "LEN"), .token("reset", "RESET")])
        ],
        reply: .oneOf([.array(of: .array(of: .any)), .integer, .ok]))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        if arguments.count > 3 { throw reply.wrongSubcommandUse(arguments[1].makeString(), of: "SNUG") }
        guard arguments.count == 3 else { return write(server.flipLog.latest(10), &reply) }
        let word = arguments[2]
        if word.equalsIgnoringCase("len") { return reply.integer(server.flipLog.count) }
        if word.equalsIgnoringCase("reset") {
            server.flipLog.removeAll()
            return reply.ok()
        }
        guard let count = word.canonicalInteger, count >= -1 else {
            throw reply.refusal("ERR count should be greater than or equal to -1")
        }
        write(server.flipLog.latest(count == -1 ? Int.max : Int(count)), &reply)
    }

    private static func write(_ entries: [FlipLog.Entry], _ reply: inout ReplyWriter) {
        reply.array(entries.count)
        for entry in entries {
            reply.array(13)
            reply.integer(Int64(entry.id))
            reply.integer(entry.unixSeconds)
            reply.integer(entry.database)
            reply.bulk(entry.key)
            reply.bulk(entry.type.name)
            reply.bulk(entry.from.name)
            reply.bulk(entry.to.name)
            reply.bulk(entry.reached.limit.name)
            reply.integer(entry.reached.setting)
            reply.integer(entry.reached.value)
            reply.bulk(entry.cause.command)
            reply.bulk(entry.cause.address)
            reply.bulk(entry.cause.clientName)
        }
    }
}

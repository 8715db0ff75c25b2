internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Returns the latest entries, latest first.
enum SlowLogGet: ServerCommand {
    static let spec = CommandSpec(
        name: "GET", container: "SLOWLOG", group: .server, since: "2.2.12",
        arity: .atLeast(2), flags: [.admin, .loading, .stale],
        tips: ["request_policy:all_nodes", "nondeterministic_output"],
        summary: "Returns the latest entries of the slow log.",
        complexity: "O(N) for N entries returned",
        history: [("4.0.0", "Entries tell the client's address and name.")],
        arguments: [Argument("count", .integer, optional: true)],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var most = 10
        if arguments.count > 3 { throw reply.wrongSubcommandUse("GET", of: "SLOWLOG") }
        if arguments.count == 3 {
            guard let count = arguments[2].canonicalInteger, count >= -1 else {
                throw reply.refusal("ERR count should be greater than or equal to -1")
            }
            most = count == -1 ? Int.max : Int(count)
        }
        let entries = server.slowLog.latest(most)
        reply.array(entries.count)
        for entry in entries {
            reply.array(6)
            reply.integer(Int64(entry.id))
            reply.integer(entry.unixSeconds)
            reply.integer(entry.microseconds)
            reply.array(entry.arguments.count)
            for argument in entry.arguments { reply.bulk(argument) }
            reply.bulk(entry.address)
            reply.bulk(entry.clientName)
        }
    }
}

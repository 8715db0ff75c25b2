internal import SnugCommands
internal import SnugRESP

/// Tells which function runs, none, and how many there are, none.
enum FunctionStats: ServerCommand {
    static let spec = CommandSpec(
        name: "STATS", container: "FUNCTION", group: .scripting, since: "7.0.0",
        arity: .exactly(2), flags: [.noscript, .allowBusy], acl: .scripting,
        tips: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        summary: "Tells which function runs and how many there are.",
        complexity: "O(1)",
        reply: .map(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.map(2)
        reply.bulk("running_script")
        reply.null()
        reply.bulk("engines")
        reply.map(1)
        reply.bulk("LUA")
        reply.map(2)
        reply.bulk("libraries_count")
        reply.integer(0)
        reply.bulk("functions_count")
        reply.integer(0)
    }
}

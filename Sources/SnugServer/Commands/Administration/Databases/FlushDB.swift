internal import SnugCommands
internal import SnugEngine
internal import SnugRESP

/// Removes all keys of the database.
enum FlushDB: ServerCommand {
    static let spec = CommandSpec(
        name: "FLUSHDB", group: .server, since: "1.0.0",
        arity: .atLeast(1), flags: [.write], acl: [.keyspace, .dangerous],
        tips: ["request_policy:all_shards", "response_policy:all_succeeded"],
        summary: "Removes all keys of the database.",
        complexity: "O(N) for N keys of the database",
        history: [("4.0.0", "Takes ASYNC."), ("6.2.0", "Takes SYNC.")],
        arguments: [FlushMode.argument],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try FlushMode.check(arguments)
        _ = server.partition.flush(database: session.database)
        reply.ok()
    }
}

internal import SnugCommands
internal import SnugEngine
internal import SnugRESP

/// Counts the keys of the database.
enum DBSize: ServerCommand {
    static let spec = CommandSpec(
        name: "DBSIZE", group: .server, since: "1.0.0",
        arity: .exactly(1), flags: [.readonly, .fast], acl: .keyspace,
        tips: ["request_policy:all_shards", "response_policy:agg_sum"],
        summary: "Counts the keys of the database.",
        complexity: "O(1)",
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.integer(server.partition.keyCount(inDatabase: session.database))
    }
}

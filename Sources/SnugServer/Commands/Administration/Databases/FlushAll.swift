internal import SnugCommands
internal import SnugEngine
internal import SnugRESP

/// The word behind FLUSHALL and FLUSHDB. Both ways the databases are empty when the reply is written, and the memory is
/// given back; ASYNC is accepted and changes nothing yet.
enum FlushMode {
    /// How COMMAND DOCS describes it.
    static let argument = Argument(
        "async", .oneof, optional: true,
        [.token("async", "ASYNC", since: "4.0.0"), .token("sync", "SYNC", since: "6.2.0")])

    /// Throws unless there is at most one word, SYNC or ASYNC.
    static func check(_ arguments: borrowing Arguments) throws(CommandError) {
        guard arguments.count > 1 else { return }
        guard arguments.count == 2, arguments[1].isWord("ASYNC") || arguments[1].isWord("SYNC") else { throw .syntax }
    }
}

/// Removes all keys of all databases.
enum FlushAll: ServerCommand {
    static let spec = CommandSpec(
        name: "FLUSHALL", group: .server, since: "1.0.0",
        arity: .atLeast(1), flags: [.write], acl: [.keyspace, .dangerous],
        tips: ["request_policy:all_shards", "response_policy:all_succeeded"],
        summary: "Removes all keys of all databases.",
        complexity: "O(N) for N keys",
        history: [("4.0.0", "Takes ASYNC."), ("6.2.0", "Takes SYNC.")],
        arguments: [FlushMode.argument],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try FlushMode.check(arguments)
        _ = server.partition.flushAll()
        reply.ok()
    }
}

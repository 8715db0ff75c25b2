internal import SnugCommands
internal import SnugRESP

/// Removes all libraries: there are none.
enum FunctionFlush: ServerCommand {
    static let spec = CommandSpec(
        name: "FLUSH", container: "FUNCTION", group: .scripting, since: "7.0.0",
        arity: .atLeast(2), flags: [.write, .noscript], acl: .scripting,
        tips: ["request_policy:all_shards", "response_policy:all_succeeded"],
        summary: "Removes all libraries of functions.",
        complexity: "O(N) for N functions",
        arguments: [Argument("async", .oneof, optional: true, [.token("async", "ASYNC"), .token("sync", "SYNC")])],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments.count <= 3 else { throw reply.wrongSubcommandUse("FLUSH", of: "FUNCTION") }
        if arguments.count == 3 && !arguments[2].isWord("SYNC") && !arguments[2].isWord("ASYNC") {
            throw reply.refusal("ERR FUNCTION FLUSH only supports SYNC|ASYNC option")
        }
        reply.ok()
    }
}

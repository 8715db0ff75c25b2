internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Exchanges two databases, for all who have selected them.
enum SwapDB: ServerCommand {
    static let spec = CommandSpec(
        name: "SWAPDB", group: .server, since: "4.0.0",
        arity: .exactly(3), flags: [.write, .fast], acl: [.keyspace, .dangerous],
        summary: "Exchanges two databases.",
        complexity: "O(N) for N watched keys of both",
        arguments: [Argument("index1", .integer), Argument("index2", .integer)],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let first = arguments[1].canonicalInteger.flatMap(Int32.init(exactly:)) else {
            throw reply.refusal("ERR invalid first DB index")
        }
        guard let second = arguments[2].canonicalInteger.flatMap(Int32.init(exactly:)) else {
            throw reply.refusal("ERR invalid second DB index")
        }
        do throws(EngineError) {
            try server.partition.swapDatabases(Int(first), Int(second))
        } catch { throw CommandError(error) }
        reply.ok()
    }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Removes entries of a stream.
enum XDel: Command {
    static let spec = CommandSpec(
        name: "XDEL", group: .stream, since: "5.0.0",
        arity: .atLeast(3), flags: [.write, .fast], acl: .stream,
        keys: [.one(at: 1, [.readWrite, .delete])],
        summary: "Removes entries of a stream by their ids.",
        complexity: "O(log N) in a stream of N entries, for each id",
        arguments: [Argument("key", .key), Argument("id", .string, multiple: true)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let key = arguments[1]
        guard let open = try translating({ () throws(EngineError) in try partition.openStream(key, makes: false) })
        else { return reply.integer(0) }
        for index in 2..<arguments.count { _ = try arguments[index].streamID() }
        var removed = 0
        for index in 2..<arguments.count {
            if open.stream.value.remove(try arguments[index].streamID()) { removed += 1 }
        }
        partition.closeStream(key, open, changeCount: removed)
        reply.integer(removed)
    }
}

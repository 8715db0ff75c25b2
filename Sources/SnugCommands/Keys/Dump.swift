internal import SnugEngine
internal import SnugMemory
internal import SnugRDB
internal import SnugRESP

/// Gives a value as bytes that RESTORE takes, here or in another server.
enum Dump: Command {
    static let spec = CommandSpec(
        name: "DUMP", group: .generic, since: "2.6.0",
        arity: .exactly(2), flags: [.readonly], acl: .keyspace,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output"],
        summary: "Returns a value as bytes that RESTORE takes.",
        complexity: "O(N) for a value of N bytes",
        arguments: [Argument("key", .key)],
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let mark = reply.mark
        // The payload is written where it is sent from; how long it is stands before it.
        let start = reply.byteCount
        guard partition.dump(arguments[1], to: &reply.buffer) else { return reply.null() }
        var head = ReplyWriter(capacity: 32)
        head.bulkHead(reply.byteCount - start)
        reply.insert(head.buffer.bytes, at: mark)
        reply.endLine()
    }
}

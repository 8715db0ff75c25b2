internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Acknowledges entries: they are pending no longer.
enum XAck: Command {
    static let spec = CommandSpec(
        name: "XACK", group: .stream, since: "5.0.0",
        arity: .atLeast(4), flags: [.write, .fast], acl: .stream,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Acknowledges entries that a consumer group has given out.",
        complexity: "O(log N) in a group of N pending entries, for each id",
        arguments: [Argument("key", .key), Argument("group", .string), Argument("id", .string, multiple: true)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let place = try GroupPlace(arguments[1], arguments[2], &partition) else { return reply.integer(0) }
        let (open, group) = (place.open, place.group)
        for index in 3..<arguments.count { _ = try arguments[index].streamID() }
        var acknowledged = 0
        for index in 3..<arguments.count {
            if open.stream.value.acknowledge(try arguments[index].streamID(), of: group) { acknowledged += 1 }
        }
        partition.closeStream(arguments[1], open, changeCount: acknowledged, isSeen: false)
        reply.integer(acknowledged)
    }
}

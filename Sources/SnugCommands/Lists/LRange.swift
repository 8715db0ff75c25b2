internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Reads a range of elements.
enum LRange: Command {
    static let spec = CommandSpec(
        name: "LRANGE", group: .list, since: "1.0.0",
        arity: .exactly(4), flags: [.readonly], acl: .list,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns the elements of a list from one number through another, counted from the end when negative.",
        complexity: "O(log N + M) in a list of N elements of which M are returned",
        arguments: [Argument("key", .key), Argument("start", .integer), Argument("stop", .integer)],
        reply: .array(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let first = try arguments[2].integer()
        let last = try arguments[3].integer()
        do {
            guard let list = try partition.list(arguments[1]) else { return reply.array(0) }
            let range = elementRange(from: first, through: last, of: list.count)
            reply.array(range.count)
            list.forEach(range) { reply.string($0) }
        } catch { throw CommandError(error) }
    }
}

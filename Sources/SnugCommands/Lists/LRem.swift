internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Removes elements that are equal to one.
enum LRem: Command {
    static let spec = CommandSpec(
        name: "LREM", group: .list, since: "1.0.0",
        arity: .exactly(4), flags: [.write], acl: .list,
        keys: [.one(at: 1, [.readWrite, .delete])],
        summary: "Removes a number of equal elements from a list, from the end on when negative, all when 0.",
        complexity: "O(N) for N elements",
        arguments: [Argument("key", .key), Argument("count", .integer), Argument("element", .string)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let wanted = try arguments[2].integerWithMagnitude()
        let key = arguments[1]
        do {
            guard var list = try partition.openListIfPresent(key) else { return reply.integer(0) }
            let removed = list.remove(
                equalTo: arguments[3], atMost: wanted == 0 ? .max : Int(wanted.magnitude), reversed: wanted < 0)
            partition.closeList(key, &list, changeCount: removed)
            reply.integer(removed)
        } catch { throw CommandError(error) }
    }
}

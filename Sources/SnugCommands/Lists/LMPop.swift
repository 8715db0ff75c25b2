internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Removes elements from the first of several lists that is there.
enum LMPop: Command {
    static let spec = CommandSpec(
        name: "LMPOP", group: .list, since: "7.0.0",
        arity: .atLeast(4), flags: [.write, .movableKeys], acl: .list,
        keys: [.counted(at: 1, [.readWrite, .access, .delete])],
        summary: "Removes elements from an end of the first of several lists that is there, and returns them.",
        complexity: "O(N+M) for N keys and M elements",
        arguments: [
            .numberOfKeys, Argument("key", .key, multiple: true),
            Argument("where", .oneof, [.token("left", "LEFT"), .token("right", "RIGHT")]),
            Argument("count", .integer, token: "COUNT", optional: true),
        ],
        reply: .oneOf([.null, .array(of: .any)]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let asked = try FirstOfKeys(arguments, &reply)
        let end = try arguments[asked.endIndex].listEnd()
        let count = try asked.count(arguments, &reply)
        do {
            for index in asked.keys {
                guard var list = try partition.openListIfPresent(arguments[index]) else { continue }
                reply.array(2)
                reply.bulk(arguments[index])
                return partition.popElements(arguments[index], &list, count, end, &reply)
            }
            reply.nullArray()
        } catch { throw CommandError(error) }
    }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Removes elements from the first of several lists that is there.
enum LMPop: Command {
    static let spec = CommandSpec(
        name: "LMPOP", group: .list, since: "7.0.0",
        arity: .atLeast(4), flags: [.write, .movableKeys], acl: .list,
        keys: [
            KeySpec(
                begin: .index(1), find: .count(index: 0, first: 1, step: 1), flags: [.readWrite, .access, .delete])
        ],
        summary: "Removes elements from an end of the first of several lists that is there, and returns them.",
        complexity: "O(N+M) for N keys and M elements",
        arguments: [
            Argument("numkeys", .integer), Argument("key", .key, multiple: true),
            Argument("where", .oneof, [.token("left", "LEFT"), .token("right", "RIGHT")]),
            Argument("count", .integer, token: "COUNT", optional: true),
        ],
        reply: .oneOf([.null, .array(of: .any)]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let number = arguments[1].canonicalInteger, number > 0 else {
            return reply.error("ERR numkeys should be greater than 0")
        }
        guard number < arguments.count - 2 else { throw .syntax }
        let place = 2 + Int(number)
        let end = try arguments[place].listEnd()
        var count: Int64?
        for index in stride(from: place + 1, to: arguments.count, by: 2) {
            guard count == nil, arguments[index].isWord("COUNT"), index + 1 < arguments.count else { throw .syntax }
            guard let wanted = arguments[index + 1].canonicalInteger, wanted > 0 else {
                return reply.error("ERR count should be greater than 0")
            }
            count = wanted
        }
        do {
            for index in 2..<place {
                guard var list = try partition.openListIfPresent(arguments[index]) else { continue }
                reply.array(2)
                reply.bulk(arguments[index])
                return partition.popElements(arguments[index], &list, count ?? 1, end, &reply)
            }
            reply.nullArray()
        } catch { throw CommandError(error) }
    }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Adds an element beside another.
enum LInsert: Command {
    static let spec = CommandSpec(
        name: "LINSERT", group: .list, since: "2.2.0",
        arity: .exactly(5), flags: [.write, .denyoom], acl: .list,
        keys: [.one(at: 1, [.readWrite, .insert])],
        summary: "Adds an element before or after the first that is equal to another.",
        complexity: "O(N) for N elements up to the one that is sought",
        arguments: [
            Argument("key", .key),
            Argument("where", .oneof, [.token("before", "BEFORE"), .token("after", "AFTER")]),
            Argument("pivot", .string), Argument("element", .string),
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let isAfter = arguments[2].isWord("AFTER")
        guard isAfter || arguments[2].isWord("BEFORE") else { throw .syntax }
        let (key, element) = (arguments[1], arguments[4])
        do {
            guard var list = try partition.openListIfPresent(key) else { return reply.integer(0) }
            list.prepare(forAdding: 1, byteCount: element.byteCount)
            let pivot = list.firstIndex(of: arguments[3])
            if let pivot { list.insert(element, at: isAfter ? pivot + 1 : pivot) }
            let count = list.count
            partition.closeList(key, &list, changeCount: pivot == nil ? 0 : 1)
            reply.integer(pivot == nil ? -1 : count)
        } catch { throw CommandError(error) }
    }
}

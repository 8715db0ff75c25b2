internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Replaces one element.
enum LSet: Command {
    static let spec = CommandSpec(
        name: "LSET", group: .list, since: "1.0.0",
        arity: .exactly(4), flags: [.write, .denyoom], acl: .list,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Replaces an element of a list by its number, counted from the end when negative.",
        complexity: "O(log N) in a list of N elements, and a walk in one listpack",
        arguments: [Argument("key", .key), Argument("index", .integer), Argument("element", .string)],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let (key, element) = (arguments[1], arguments[3])
        let found = try translating { () throws(EngineError) in try partition.openListIfPresent(key) }
        guard var list = found else { throw .noSuchKey }
        let number = try arguments[2].integer()
        list.prepare(forAdding: 1, byteCount: element.byteCount)
        let index = listIndex(number, of: list.count)
        if let index { list.replace(at: index, with: element) }
        partition.closeList(key, &list, changeCount: index == nil ? 0 : 1)
        guard index != nil else { throw .outOfRange }
        reply.ok()
    }
}

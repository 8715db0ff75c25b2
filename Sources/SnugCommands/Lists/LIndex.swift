internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Reads one element.
enum LIndex: Command {
    static let spec = CommandSpec(
        name: "LINDEX", group: .list, since: "1.0.0",
        arity: .exactly(3), flags: [.readonly], acl: .list,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns an element of a list by its number, counted from the end when negative.",
        complexity: "O(log N) in a list of N elements, and a walk in one listpack",
        arguments: [Argument("key", .key), Argument("index", .integer)],
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let found: ListSource?
        do { found = try partition.list(arguments[1]) } catch { throw CommandError(error) }
        guard let list = found else { return reply.null() }
        let number = try arguments[2].integer()
        guard let index = listIndex(number, of: list.count) else { return reply.null() }
        reply.string(list.element(at: index))
    }
}

/// The index of element `number` of `count`, counted from the end when negative; nil when it is not there.
func listIndex(_ number: Int64, of count: Int) -> Int? {
    let index = number < 0 ? number + Int64(count) : number
    return index >= 0 && index < count ? Int(index) : nil
}

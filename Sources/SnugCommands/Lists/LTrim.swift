internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Keeps a range of elements.
enum LTrim: Command {
    static let spec = CommandSpec(
        name: "LTRIM", group: .list, since: "1.0.0",
        arity: .exactly(4), flags: [.write], acl: .list,
        keys: [.one(at: 1, [.readWrite, .delete])],
        summary: "Removes the elements of a list outside of a range.",
        complexity: "O(log N) for each node of a list of N elements that goes or is cut",
        arguments: [Argument("key", .key), Argument("start", .integer), Argument("stop", .integer)],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let first = try arguments[2].integer()
        let last = try arguments[3].integer()
        let key = arguments[1]
        do {
            guard var list = try partition.openListIfPresent(key) else { return reply.ok() }
            let count = list.count
            let kept = elementRange(from: first, through: last, of: count)
            list.remove(kept.upperBound..<count)
            list.remove(0..<kept.lowerBound)
            partition.closeList(key, &list, changeCount: count - kept.count, isTouched: true)
            reply.ok()
        } catch { throw CommandError(error) }
    }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Removes elements from the front.
enum LPop: Command {
    static let spec = CommandSpec.pop("LPOP", "Removes the first elements of a list and returns them.")

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments.count <= 3 else { return reply.wrongArity(of: "lpop") }
        try pop(arguments, .left, &partition, &reply)
    }
}

/// Removes elements from the back.
enum RPop: Command {
    static let spec = CommandSpec.pop("RPOP", "Removes the last elements of a list and returns them.")

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments.count <= 3 else { return reply.wrongArity(of: "rpop") }
        try pop(arguments, .right, &partition, &reply)
    }
}

extension CommandSpec {
    fileprivate static func pop(_ name: StaticString, _ summary: StaticString) -> CommandSpec {
        CommandSpec(
            name: name, group: .list, since: "1.0.0",
            arity: .atLeast(2), flags: [.write, .fast], acl: .list,
            keys: [.one(at: 1, [.readWrite, .access, .delete])],
            summary: summary,
            complexity: "O(1) for each element",
            history: [("6.2.0", "The argument count.")],
            arguments: [Argument("key", .key), Argument("count", .integer, since: "6.2.0", optional: true)],
            reply: .oneOf([.bulkOrNull, .array(of: .bulk)]))
    }
}

private func pop(
    _ arguments: borrowing Arguments, _ end: ListEnd, _ partition: inout Partition, _ reply: inout ReplyWriter
) throws(CommandError) {
    let key = arguments[1]
    let wanted = arguments.count == 3 ? try arguments[2].nonNegativeInteger() : nil
    do {
        guard let wanted else {
            if try !partition.pop(from: key, end, { reply.string($0) }) { reply.null() }
            return
        }
        guard var list = try partition.openListIfPresent(key) else { return reply.nullArray() }
        partition.popElements(key, &list, wanted, end, &reply)
    } catch { throw CommandError(error) }
}

extension Partition {
    /// Removes up to `wanted` elements from one end of an open list, writes them as an array, and puts the list back.
    mutating func popElements(
        _ key: RawSpan, _ list: inout OpenList, _ wanted: Int64, _ end: ListEnd, _ reply: inout ReplyWriter
    ) {
        let total = list.count
        let count = Int(min(wanted, Int64(total)))
        let range = end == .left ? 0..<count : total - count..<total
        reply.array(count)
        list.forEach(range, reversed: end == .right) { reply.string($0) }
        list.remove(range)
        closeList(key, &list, changeCount: count)
    }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Moves an element from an end of one list to an end of another, or of the same.
enum LMove: Command {
    static let spec = CommandSpec(
        name: "LMOVE", group: .list, since: "6.2.0",
        arity: .exactly(5), flags: [.write, .denyoom], acl: .list,
        keys: [.one(at: 1, [.readWrite, .access, .delete]), .one(at: 2, [.readWrite, .insert])],
        summary: "Moves an element from an end of a list to an end of one that is made if needed, and returns it.",
        complexity: "O(1)",
        arguments: [
            Argument("source", .key), Argument("destination", .key, keySpecIndex: 1),
            Argument("wherefrom", .oneof, [.token("left", "LEFT"), .token("right", "RIGHT")]),
            Argument("whereto", .oneof, [.token("left", "LEFT"), .token("right", "RIGHT")]),
        ],
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let (from, to) = (try arguments[3].listEnd(), try arguments[4].listEnd())
        try move(arguments, from, to, &partition, &reply)
    }
}

/// Moves the last element of one list before the first of another.
enum RPopLPush: Command {
    static let spec = CommandSpec(
        name: "RPOPLPUSH", group: .list, since: "1.2.0",
        arity: .exactly(3), flags: [.write, .denyoom], acl: .list,
        keys: [.one(at: 1, [.readWrite, .access, .delete]), .one(at: 2, [.readWrite, .insert])],
        summary: "Moves the last element of a list before the first of one that is made if needed, and returns it.",
        complexity: "O(1)",
        deprecated: Deprecation(
            since: "6.2.0", replacedBy: "`LMOVE` with the `RIGHT` and `LEFT` arguments"),
        arguments: [Argument("source", .key), Argument("destination", .key, keySpecIndex: 1)],
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try move(arguments, .right, .left, &partition, &reply)
    }
}

private func move(
    _ arguments: borrowing Arguments, _ from: ListEnd, _ to: ListEnd, _ partition: inout Partition,
    _ reply: inout ReplyWriter
) throws(CommandError) {
    do {
        let isMoved = try partition.moveElement(from: arguments[1], from, to: arguments[2], to) { reply.string($0) }
        if !isMoved { reply.null() }
    } catch { throw CommandError(error) }
}

extension RawSpan {
    /// LEFT or RIGHT.
    func listEnd() throws(CommandError) -> ListEnd {
        if isWord("LEFT") { return .left }
        guard isWord("RIGHT") else { throw .syntax }
        return .right
    }
}

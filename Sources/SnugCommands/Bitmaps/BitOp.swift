internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Combines bitmaps.
enum BitOp: Command {
    static let spec = CommandSpec(
        name: "BITOP", group: .bitmap, since: "2.6.0",
        arity: .atLeast(4), flags: [.write, .denyoom], acl: .bitmap,
        keys: [.one(at: 2, [.overwrite, .update]), .all(from: 3, [.readOnly, .access])],
        summary: "Combines the bits of several strings and stores the result.",
        complexity: "O(N), N being the bytes of all strings",
        history: [(since: "8.2.0", change: "The operations DIFF, DIFF1, ANDOR and ONE.")],
        arguments: [
            Argument(
                "operation", .oneof,
                [
                    .token("and", "AND"), .token("or", "OR"), .token("xor", "XOR"), .token("not", "NOT"),
                    .token("diff", "DIFF", since: "8.2.0"), .token("diff1", "DIFF1", since: "8.2.0"),
                    .token("andor", "ANDOR", since: "8.2.0"), .token("one", "ONE", since: "8.2.0"),
                ]),
            Argument("destkey", .key),
            Argument("key", .key, multiple: true, keySpecIndex: 1),
        ],
        reply: .integer)

    private static let operations: [(word: StaticString, operation: BitOperation)] = [
        ("AND", .and), ("OR", .or), ("XOR", .xor), ("NOT", .not), ("DIFF", .diff), ("DIFF1", .diff1),
        ("ANDOR", .andOr), ("ONE", .one),
    ]

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var found: (word: StaticString, operation: BitOperation)?
        for known in operations where arguments[1].isWord(known.word) { found = known }
        guard let (word, operation) = found else { throw .syntax }
        let sourceCount = arguments.count - 3
        if operation == .not && sourceCount != 1 {
            throw reply.refusal("ERR BITOP NOT must be called with a single source key.")
        }
        if sourceCount < operation.sourceCountMin {
            throw reply.refusal("ERR BITOP \(word) must be called with at least two source keys.")
        }
        var sources = BitSources()
        do {
            for index in 3..<arguments.count { try partition.addSource(arguments[index], to: &sources) }
        } catch { throw CommandError(error) }
        reply.integer(partition.storeBits(operation, of: sources, under: arguments[2]))
    }
}

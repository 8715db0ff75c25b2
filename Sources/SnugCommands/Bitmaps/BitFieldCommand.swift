internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Reads and changes integers among a string's bits.
enum BitFieldCommand: Command {
    static let spec = CommandSpec(
        name: "BITFIELD", group: .bitmap, since: "3.2.0",
        arity: .atLeast(2), flags: [.write, .denyoom], acl: .bitmap,
        keys: [
            .one(
                at: 1, [.readWrite, .access, .update, .variable],
                notes: "This command allows both access and modification of the key")
        ],
        summary: "Reads, stores and adds to integers of any width among the bits of a string.",
        complexity: "O(1) for each operation",
        arguments: [
            Argument("key", .key),
            Argument(
                "operation", .oneof, optional: true, multiple: true,
                [
                    Argument(
                        "encoding_offset", .block, token: "GET",
                        [Argument("encoding", .string), Argument("offset", .integer)]),
                    Argument("write", .block, [overflowArgument, writeArgument]),
                ]),
        ],
        reply: .array(of: .oneOf([.integer, .null])))

    private static let overflowArgument = Argument(
        "wrap_sat_fail", .oneof, token: "OVERFLOW", optional: true,
        [.token("wrap", "WRAP"), .token("sat", "SAT"), .token("fail", "FAIL")])
    private static let writeArgument = Argument(
        "write_operation", .oneof,
        [
            Argument(
                "encoding_offset_value", .block, token: "SET",
                [Argument("encoding", .string), Argument("offset", .integer), Argument("value", .integer)]),
            Argument(
                "encoding_offset_increment", .block, token: "INCRBY",
                [Argument("encoding", .string), Argument("offset", .integer), Argument("increment", .integer)]),
        ])

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let steps = try BitFieldSteps(arguments, partition)
        guard steps.lastWritten >= 0 else { return try read(arguments[1], steps, &partition, &reply) }
        do {
            var bits = try partition.openBits(arguments[1], through: steps.lastWritten)
            reply.array(steps.all.count)
            for step in steps.all {
                switch step.action {
                case .get: reply.integer(bits.value(step.field))
                case .set(let value): reply.integerOrNull(bits.set(step.field, to: value, step.overflow))
                case .increment(let amount):
                    reply.integerOrNull(bits.increment(step.field, by: amount, step.overflow))
                }
            }
            partition.closeBits(bits, of: arguments[1])
        } catch { throw CommandError(error) }
    }

    /// When all that it does is reading, it is a reader.
    static func keyPositions(_ arguments: borrowing Arguments) -> [KeyPosition]? {
        var index = 2
        while index < arguments.count {
            let left = arguments.count - index - 1
            if arguments[index].isWord("GET") && left >= 2 {
                index += 3
            } else if arguments[index].isWord("OVERFLOW") && left >= 1 {
                index += 2
            } else {
                return [KeyPosition(index: 1, flags: [.readWrite, .access, .update])]
            }
        }
        return [KeyPosition(index: 1, flags: [.readOnly, .access])]
    }

    /// Does steps that only read.
    fileprivate static func read(
        _ key: RawSpan, _ steps: BitFieldSteps, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            let found: Void? = try partition.withBits(key) { bytes in
                reply.array(steps.all.count)
                for step in steps.all {
                    let field = step.field
                    reply.integer(field.number(bytes.bits(at: field.offset, count: field.bitCount)))
                }
            }
            guard found == nil else { return }
            reply.array(steps.all.count)
            for _ in steps.all { reply.integer(0) }
        } catch { throw CommandError(error) }
    }
}

/// Reads integers among a string's bits.
enum BitFieldReadOnly: Command {
    static let spec = CommandSpec(
        name: "BITFIELD_RO", group: .bitmap, since: "6.0.0",
        arity: .atLeast(2), flags: [.readonly, .fast], acl: .bitmap,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Reads integers of any width among the bits of a string.",
        complexity: "O(1) for each operation",
        arguments: [
            Argument("key", .key),
            Argument(
                "encoding_offset", .block, token: "GET", optional: true, multiple: true, repeatsToken: true,
                [Argument("encoding", .string), Argument("offset", .integer)]),
        ],
        reply: .array(of: .integer))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let steps = try BitFieldSteps(arguments, partition)
        guard steps.lastWritten < 0 else { throw .onlyGetAllowed }
        try BitFieldCommand.read(arguments[1], steps, &partition, &reply)
    }
}

extension ReplyWriter {
    fileprivate mutating func integerOrNull(_ value: Int64?) {
        if let value { integer(value) } else { null() }
    }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Tells the digest of a string.
enum Digest: Command {
    static let spec = CommandSpec(
        name: "DIGEST", group: .string, since: "8.4.0",
        arity: .exactly(2), flags: [.readonly, .fast], acl: .string,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns the XXH3 digest of a string, as 16 hexadecimal digits.",
        complexity: "O(N), N being the bytes of the string",
        arguments: [Argument("key", .key)],
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            guard let value = try partition.string(arguments[1]) else { return reply.null() }
            let text = DigestText(value.withBytes { $0.xxh3 })
            reply.bulk(text.digits.rawBytes)
        } catch { throw CommandError(error) }
    }
}

/// Removes a key if its value is, or is not, what one thinks.
enum DelEx: Command {
    static let spec = CommandSpec(
        name: "DELEX", group: .string, since: "8.4.0",
        arity: .atLeast(2), flags: [.write, .fast], acl: .string,
        keys: [.one(at: 1, [.readWrite, .delete])],
        summary: "Removes a key, if its string or the digest of it fulfils a condition.",
        complexity: "O(1); O(N) for IFDEQ and IFDNE, N being the bytes of the string",
        arguments: [
            Argument("key", .key),
            Argument(
                "condition", .oneof, optional: true,
                [
                    Argument("ifeq-value", .string, token: "IFEQ"), Argument("ifne-value", .string, token: "IFNE"),
                    Argument("ifdeq-digest", .integer, token: "IFDEQ"),
                    Argument("ifdne-digest", .integer, token: "IFDNE"),
                ]),
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let key = arguments[1]
        if arguments.count == 2 { return reply.integer(partition.delete(key)) }
        guard arguments.count == 4 else {
            reply.wrongArity(of: "delex")
            throw .written
        }
        guard let type = partition.type(of: key, .peek) else { return reply.integer(false) }
        guard type == .string else { throw .conditionsNeedString }
        guard let kind = ValueCondition.Kind(arguments[2]) else { throw .invalidCondition }
        let condition = ValueCondition(kind: kind, operandIndex: 3)
        let holds = try condition.holds(for: key, arguments, &partition) ?? false
        reply.integer(holds && partition.delete(key))
    }
}

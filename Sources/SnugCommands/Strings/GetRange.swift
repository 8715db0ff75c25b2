internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Reads a part of a string.
enum GetRange: Command {
    static let spec = CommandSpec(
        name: "GETRANGE", group: .string, since: "2.4.0",
        arity: .exactly(4), flags: [.readonly], acl: .string,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns a part of a string.",
        complexity: "O(N), N being the bytes returned",
        arguments: [Argument("key", .key), Argument("start", .integer), Argument("end", .integer)],
        reply: .bulk)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try writeRange(arguments, &partition, &reply)
    }
}

/// The former name of GETRANGE.
enum Substr: Command {
    static let spec = CommandSpec(
        name: "SUBSTR", group: .string, since: "1.0.0",
        arity: .exactly(4), flags: [.readonly], acl: .string,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns a part of a string.",
        complexity: "O(N), N being the bytes returned",
        deprecated: Deprecation(since: "2.0.0", replacedBy: "`GETRANGE`"),
        arguments: [Argument("key", .key), Argument("start", .integer), Argument("end", .integer)],
        reply: .bulk)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try writeRange(arguments, &partition, &reply)
    }
}

private func writeRange(
    _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
) throws(CommandError) {
    let first = try arguments[2].integer()
    let last = try arguments[3].integer()
    do {
        guard let value = try partition.string(arguments[1]) else { return reply.bulk("") }
        value.withBytes { bytes in
            reply.bulk(bytes.extracting(byteRange(from: first, through: last, of: bytes.byteCount)))
        }
    } catch { throw CommandError(error) }
}

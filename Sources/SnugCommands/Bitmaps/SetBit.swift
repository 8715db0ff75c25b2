internal import SnugEngine
internal import SnugRESP

/// Sets or clears a bit.
enum SetBit: Command {
    static let spec = CommandSpec(
        name: "SETBIT", group: .bitmap, since: "2.2.0",
        arity: .exactly(4), flags: [.write, .denyoom], acl: .bitmap,
        keys: [.one(at: 1, [.readWrite, .access, .update])],
        summary: "Sets or clears a bit of a string, filling up with zeros, and returns what it was.",
        complexity: "O(1); O(N) when the string grows to N bytes",
        arguments: [Argument("key", .key), Argument("offset", .integer), Argument("value", .integer)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let offset = try arguments[2].bitOffset(partition)
        let value = try arguments[3].integer(orThrow: .bitOutOfRange)
        guard value == 0 || value == 1 else { throw .bitOutOfRange }
        do {
            reply.integer(try partition.setBit(arguments[1], at: offset, to: value == 1))
        } catch { throw CommandError(error) }
    }
}

/// Reads a bit.
enum GetBit: Command {
    static let spec = CommandSpec(
        name: "GETBIT", group: .bitmap, since: "2.2.0",
        arity: .exactly(3), flags: [.readonly, .fast], acl: .bitmap,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns a bit of a string, 0 behind its end.",
        complexity: "O(1)",
        arguments: [Argument("key", .key), Argument("offset", .integer)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let offset = try arguments[2].bitOffset(partition)
        do { reply.integer(try partition.bit(arguments[1], at: offset)) } catch { throw CommandError(error) }
    }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Adds a number with a fraction.
enum IncrByFloat: Command {
    static let spec = CommandSpec(
        name: "INCRBYFLOAT", group: .string, since: "2.6.0",
        arity: .exactly(3), flags: [.write, .denyoom, .fast], acl: .string,
        keys: [.one(at: 1, [.readWrite, .access, .update])],
        summary: "Adds a number with a fraction to the number under a key.",
        complexity: "O(1)",
        arguments: [Argument("key", .key), Argument("increment", .double)],
        reply: .bulk)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        // The value's type is judged before the number is read.
        if let type = partition.type(of: arguments[1], .peek), type != .string { throw .wrongType }
        guard let amount = LongDouble(arguments[2]) else { throw .notFloat }
        do {
            let sum = try partition.increment(arguments[1], by: amount)
            reply.bulk(sum.bytes)
        } catch { throw CommandError(error) }
    }
}

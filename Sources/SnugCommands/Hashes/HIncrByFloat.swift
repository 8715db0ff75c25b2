internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Adds a number with a fraction to a field.
enum HIncrByFloat: Command {
    static let spec = CommandSpec(
        name: "HINCRBYFLOAT", group: .hash, since: "2.6.0",
        arity: .exactly(4), flags: [.write, .denyoom, .fast], acl: .hash,
        keys: [.one(at: 1, [.readWrite, .access, .update])],
        summary: "Adds a number with a fraction to the value of a field, which counts as 0 when it is missing.",
        complexity: "O(1) in a table, O(N) in a listpack of N fields",
        arguments: [Argument("key", .key), Argument("field", .string), Argument("increment", .double)],
        reply: .bulk)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let increment = LongDouble(arguments[3]) else { throw .notFloat }
        guard increment.isFinite else {
            throw reply.refusal("ERR value is NaN or Infinity")
        }
        do {
            let sum = try partition.incrementHashValue(arguments[1], arguments[2], by: increment)
            reply.bulk(sum.bytes)
        } catch { throw CommandError(error) }
    }
}

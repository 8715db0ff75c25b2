internal import SnugEngine
internal import SnugRESP

/// Reads several strings. What is no string counts as not there.
enum MGet: Command {
    static let spec = CommandSpec(
        name: "MGET", group: .string, since: "1.0.0",
        arity: .atLeast(2), flags: [.readonly, .fast], acl: .string,
        keys: [.all(from: 1, [.readOnly, .access])],
        tips: ["request_policy:multi_shard"],
        summary: "Returns the strings under several keys.",
        complexity: "O(N), N being the number of keys",
        arguments: [Argument("key", .key, multiple: true)],
        reply: .array(of: .bulkOrNull))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.array(arguments.count - 1)
        for index in 1..<arguments.count {
            do {
                if let value = try partition.string(arguments[index]) { reply.string(value) } else { reply.null() }
            } catch {
                reply.null()
            }
        }
    }
}

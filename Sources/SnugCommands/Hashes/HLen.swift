internal import SnugEngine
internal import SnugRESP

/// Counts fields.
enum HLen: Command {
    static let spec = CommandSpec(
        name: "HLEN", group: .hash, since: "2.0.0",
        arity: .exactly(2), flags: [.readonly, .fast], acl: .hash,
        keys: [.one(at: 1, [.readOnly])],
        summary: "Returns how many fields a hash has.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.integer(try translating { () throws(EngineError) in try partition.hashCount(arguments[1]) })
    }
}

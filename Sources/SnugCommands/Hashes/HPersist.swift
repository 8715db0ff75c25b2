internal import SnugEngine
internal import SnugRESP

/// Makes fields stay.
enum HPersist: Command {
    static let spec = CommandSpec(
        name: "HPERSIST", group: .hash, since: "7.4.0",
        arity: .atLeast(5), flags: [.write, .fast], acl: .hash,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Takes away when fields of a hash expire.",
        complexity: "O(1) per field in a table, O(N) in a small hash of N fields",
        arguments: [Argument("key", .key), FieldList.argument],
        reply: .array(of: .integer))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard partition.type(of: arguments[1], .peek) ?? .hash == .hash else { throw .wrongType }
        let fields = try FieldList.read(arguments, at: 2, &reply)
        reply.array(fields.count)
        do {
            guard var hash = try partition.openHash(arguments[1]) else {
                for _ in fields { reply.integer(-2) }
                return
            }
            var changeCount = 0
            for index in fields {
                switch partition.persist(arguments[index], in: &hash) {
                case .noField: reply.integer(-2)
                case .never: reply.integer(-1)
                case .at:
                    reply.integer(1)
                    changeCount += 1
                }
            }
            partition.closeHash(arguments[1], hash, changeCount: changeCount)
        } catch { throw CommandError(error) }
    }
}

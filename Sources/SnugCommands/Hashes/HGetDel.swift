internal import SnugEngine
internal import SnugRESP

/// Reads fields and removes them.
enum HGetDel: Command {
    static let spec = CommandSpec(
        name: "HGETDEL", group: .hash, since: "8.0.0",
        arity: .atLeast(5), flags: [.write, .fast], acl: .hash,
        keys: [.one(at: 1, [.readWrite, .access, .delete])],
        summary: "Returns the values of fields of a hash and removes them.",
        complexity: "O(1) per field in a table, O(N) in a small hash of N fields",
        arguments: [Argument("key", .key), FieldList.argument],
        reply: .array(of: .bulkOrNull))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard partition.type(of: arguments[1], .peek) ?? .hash == .hash else { throw .wrongType }
        let fields = try FieldList.read(arguments, at: 2, &reply)
        reply.array(fields.count)
        do {
            guard var hash = try partition.openHash(arguments[1]) else {
                for _ in fields { reply.null() }
                return
            }
            var changeCount = 0
            for index in fields {
                reply.value(of: arguments[index], in: hash, partition)
                if partition.removeField(arguments[index], from: &hash) { changeCount += 1 }
            }
            partition.closeHash(arguments[1], hash, changeCount: changeCount)
        } catch { throw CommandError(error) }
    }
}

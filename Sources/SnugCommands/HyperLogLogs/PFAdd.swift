internal import SnugEngine
internal import SnugRESP

/// Adds elements to a HyperLogLog.
enum PFAdd: Command {
    static let spec = CommandSpec(
        name: "PFADD", group: .hyperloglog, since: "2.8.9",
        arity: .atLeast(2), flags: [.write, .denyoom, .fast], acl: .hyperloglog,
        keys: [.one(at: 1, [.readWrite, .insert])],
        summary: "Adds elements to a HyperLogLog, which is made when it is not there.",
        complexity: "O(1) for each element",
        arguments: [Argument("key", .key), Argument("element", .string, optional: true, multiple: true)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            var opened = try partition.openHyperLogLog(arguments[1])
            var changeCount = opened.isNew ? 1 : 0
            for index in 2..<max(arguments.count, 2) {
                if try opened.add(arguments[index]) { changeCount += 1 }
            }
            partition.closeHyperLogLog(opened, of: arguments[1], changeCount: changeCount)
            reply.integer(changeCount > 0)
        } catch { throw CommandError(error) }
    }
}

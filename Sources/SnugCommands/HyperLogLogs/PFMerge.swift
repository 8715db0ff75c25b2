internal import SnugEngine
internal import SnugRESP

/// Merges HyperLogLogs.
enum PFMerge: Command {
    static let spec = CommandSpec(
        name: "PFMERGE", group: .hyperloglog, since: "2.8.9",
        arity: .atLeast(2), flags: [.write, .denyoom], acl: .hyperloglog,
        keys: [.one(at: 1, [.readWrite, .access, .insert]), .all(from: 2, [.readOnly, .access])],
        summary: "Merges HyperLogLogs into one.",
        complexity: "O(N), N being the number of keys",
        arguments: [
            Argument("destkey", .key), Argument("sourcekey", .key, optional: true, multiple: true, keySpecIndex: 1),
        ],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            var merged = Partition.MergedHyperLogLogs()
            for index in 1..<arguments.count { try partition.addHyperLogLog(arguments[index], to: &merged) }
            try partition.storeHyperLogLog(merged, under: arguments[1])
            reply.ok()
        } catch { throw CommandError(error) }
    }
}

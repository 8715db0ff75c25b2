internal import SnugEngine
internal import SnugRESP

/// Estimates how many different elements were added.
enum PFCount: Command {
    static let spec = CommandSpec(
        name: "PFCOUNT", group: .hyperloglog, since: "2.8.9",
        arity: .atLeast(2), flags: [.readonly], acl: .hyperloglog,
        keys: [
            KeySpec(
                begin: .index(1), find: .range(last: -1, step: 1, limit: 0), flags: [.readWrite, .access],
                notes: """
                    RW because it may change the internal representation of the key, and propagate to replicas
                    """)
        ],
        summary: "Estimates how many different elements were added to any of several HyperLogLogs.",
        complexity: "O(1) for one that has not changed since it was asked; else O(N), N being the number of keys",
        arguments: [Argument("key", .key, multiple: true)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            let cardinality: UInt64
            if arguments.count == 2 {
                cardinality = try partition.cardinality(of: arguments[1])
            } else {
                var merged = Partition.MergedHyperLogLogs()
                for index in 1..<arguments.count { try partition.addHyperLogLog(arguments[index], to: &merged) }
                cardinality = merged.cardinality
            }
            reply.integer(Int64(bitPattern: cardinality))
        } catch { throw CommandError(error) }
    }
}

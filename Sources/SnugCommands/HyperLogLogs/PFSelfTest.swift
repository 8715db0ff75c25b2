internal import SnugEngine
internal import SnugRESP

/// Tests the HyperLogLog's own parts in the running program.
enum PFSelfTest: Command {
    static let spec = CommandSpec(
        name: "PFSELFTEST", group: .hyperloglog, since: "2.8.9",
        arity: .exactly(1), flags: [.admin], acl: .hyperloglog,
        summary: "Tests registers, both encodings and estimates of HyperLogLogs.",
        complexity: "Some ten milliseconds",
        isSystemCommand: true,
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var test = HyperLogLogSelfTest(seed: partition.random.next())
        if let failure = test.run() {
            throw reply.refusal("TESTFAILED \(failure)")
        }
        reply.ok()
    }
}

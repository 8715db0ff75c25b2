internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Shows the inside of a HyperLogLog.
enum PFDebug: Command {
    static let spec = CommandSpec(
        name: "PFDEBUG", group: .hyperloglog, since: "2.8.9",
        arity: .exactly(3), flags: [.write, .denyoom, .admin], acl: .hyperloglog,
        keys: [.one(at: 2, [.readWrite, .access])],
        summary: "Shows a HyperLogLog's registers (GETREG, DECODE) and encoding (ENCODING), makes it dense (TODENSE).",
        complexity: "O(1) for ENCODING, else O(N), N being the number of registers",
        isSystemCommand: true,
        arguments: [Argument("subcommand", .string), Argument("key", .key)],
        reply: .any)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let (subcommand, key) = (arguments[1], arguments[2])
        let found = try translating { () throws(EngineError) in try partition.hyperLogLogEncoding(key) }
        guard let encoding = found else { throw .noSpecifiedKey }
        if subcommand.isWord("GETREG") {
            do { try writeRegisters(key, &partition, &reply) } catch { throw CommandError(error) }
        } else if subcommand.isWord("DECODE") {
            guard encoding == .sparse else { throw .notSparse }
            do { try decode(key, &partition, &reply) } catch { throw CommandError(error) }
        } else if subcommand.isWord("ENCODING") {
            reply.simple(encoding == .dense ? "dense" : "sparse")
        } else if subcommand.isWord("TODENSE") {
            do { reply.integer(try partition.makeHyperLogLogDense(key)) } catch { throw CommandError(error) }
        } else {
            throw reply.refusal(bytes: Array("ERR Unknown PFDEBUG subcommand '".utf8) + subcommand.makeArray() + [39])
        }
    }

    private static func writeRegisters(
        _ key: RawSpan, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(EngineError) {
        _ = try partition.makeHyperLogLogDense(key)
        let mark = reply.mark
        var count = 0
        try partition.forEachRegister(key) {
            reply.integer($0)
            count += 1
        }
        reply.insertHead(.array, count: count, at: mark)
    }

    /// Writes the runs of a sparse one as words: `z:` and `Z:` zeros, `v:` a value and its count.
    private static func decode(
        _ key: RawSpan, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(EngineError) {
        var text = GrowableBytes()
        try partition.forEachRun(key) { value, count, isLong in
            if text.count > 0 { text.append(UInt8(ascii: " ")) }
            if value > 0 {
                text.append("v:")
                text.append(decimal: Int64(value))
                text.append(UInt8(ascii: ","))
            } else {
                text.append(isLong ? "Z:" : "z:")
            }
            text.append(decimal: Int64(count))
        }
        reply.bulk(text.bytes)
    }
}

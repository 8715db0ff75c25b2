internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Counts set bits.
enum BitCount: Command {
    static let spec = CommandSpec(
        name: "BITCOUNT", group: .bitmap, since: "2.6.0",
        arity: .atLeast(2), flags: [.readonly], acl: .bitmap,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Counts the bits that are set in a string or a part of it.",
        complexity: "O(N), N being the bytes looked at",
        history: [(since: "7.0.0", change: "The options BYTE and BIT.")],
        arguments: [
            Argument("key", .key),
            Argument(
                "index", .block, optional: true,
                [
                    Argument("start", .integer), Argument("end", .integer),
                    Argument(
                        "index_unit", .oneof, since: "7.0.0", optional: true,
                        [.token("byte", "BYTE"), .token("bit", "BIT")]),
                ]),
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var (first, last) = (Int64(0), Int64(-1))
        var unit = BitUnit.byte
        if arguments.count == 4 || arguments.count == 5 {
            first = try arguments[2].integer()
            last = try arguments[3].integer()
            if arguments.count == 5 { unit = try BitUnit(arguments[4]) }
        } else if arguments.count != 2 {
            throw .syntax
        }
        do {
            let count = try partition.withBits(arguments[1]) { bytes in
                let range = byteRange(from: first, through: last, of: unit.count(ofBytes: bytes.byteCount))
                guard !range.isEmpty else { return 0 }
                let bits = unit.bits(range)
                return bytes.setBitCount(from: bits.first, through: bits.last)
            }
            reply.integer(count ?? 0)
        } catch { throw CommandError(error) }
    }
}

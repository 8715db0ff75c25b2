internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Finds the first bit that is set or clear.
enum BitPos: Command {
    static let spec = CommandSpec(
        name: "BITPOS", group: .bitmap, since: "2.8.7",
        arity: .atLeast(3), flags: [.readonly], acl: .bitmap,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Finds the first bit that is set, or clear, in a string or a part of it.",
        complexity: "O(N), N being the bytes looked at",
        history: [(since: "7.0.0", change: "The options BYTE and BIT.")],
        arguments: [
            Argument("key", .key),
            Argument("bit", .integer),
            Argument(
                "index", .block, optional: true,
                [
                    Argument("start", .integer),
                    Argument(
                        "end_index", .block, optional: true,
                        [
                            Argument("end", .integer),
                            Argument(
                                "index_unit", .oneof, since: "7.0.0", optional: true,
                                [.token("byte", "BYTE"), .token("bit", "BIT")]),
                        ]),
                ]),
        ],
        reply: .integer)

    private struct Query {
        var value = false
        var first: Int64 = 0
        /// Nil for the end of the string, behind which there are zeros without end.
        var last: Int64?
        var unit = BitUnit.byte
    }

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let query = try readQuery(arguments)
        do {
            let place = try partition.withBits(arguments[1]) { find(query, $0) }
            reply.integer(place ?? (query.value ? -1 : 0))
        } catch { throw CommandError(error) }
    }

    private static func readQuery(_ arguments: borrowing Arguments) throws(CommandError) -> Query {
        var query = Query()
        let bit = try arguments[2].integer()
        guard bit == 0 || bit == 1 else { throw .bitNotZeroOrOne }
        query.value = bit == 1
        guard arguments.count <= 6 else { throw .syntax }
        if arguments.count > 3 { query.first = try arguments[3].integer() }
        if arguments.count > 5 { query.unit = try BitUnit(arguments[5]) }
        if arguments.count > 4 { query.last = try arguments[4].integer() }
        return query
    }

    /// Where the bit is, -1 for nowhere.
    private static func find(_ query: Query, _ bytes: RawSpan) -> Int {
        let count = Int64(query.unit.count(ofBytes: bytes.byteCount))
        func clipped(_ offset: Int64) -> Int64 { offset < 0 ? max(0, offset + count) : offset }
        let (first, last) = (clipped(query.first), min(clipped(query.last ?? -1), count - 1))
        guard first <= last else { return -1 }
        let bits = query.unit.bits(Int(first)..<Int(last) + 1)
        if let place = bytes.firstBit(query.value, from: bits.first, through: bits.last) { return place }
        return !query.value && query.last == nil ? bytes.byteCount << 3 : -1
    }
}

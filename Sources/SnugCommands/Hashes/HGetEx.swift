internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Reads fields and changes when they expire.
enum HGetEx: Command {
    static let spec = CommandSpec(
        name: "HGETEX", group: .hash, since: "8.0.0",
        arity: .atLeast(5), flags: [.write, .fast], acl: .hash,
        keys: [.one(at: 1, [.readWrite, .access, .update], notes: "RW and UPDATE because it changes the TTL")],
        summary: "Returns the values of fields of a hash and may change when they expire.",
        complexity: "O(1) per field in a table, O(N) in a small hash of N fields",
        arguments: [
            Argument("key", .key),
            Argument(
                "expiration", .oneof, optional: true,
                [
                    Argument("seconds", .integer, token: "EX"), Argument("milliseconds", .integer, token: "PX"),
                    Argument("unix-time-seconds", .unixTime, token: "EXAT"),
                    Argument("unix-time-milliseconds", .unixTime, token: "PXAT"), .token("persist", "PERSIST"),
                ]),
            FieldList.argument,
        ],
        reply: .array(of: .bulkOrNull))

    private enum Change: Equatable {
        case none, persist
        case expire(at: Int64)
    }

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard partition.type(of: arguments[1], .peek) ?? .hash == .hash else { throw .wrongType }
        var change = Change.none
        var index = 2
        if arguments[2].isWord("PERSIST") {
            change = .persist
            index = 3
        } else if let unit = Expiration.Unit(arguments[2]) {
            change = .expire(at: try unit.fieldTime(arguments[3], now: partition.now, of: "hgetex", &reply))
            index = 4
        }
        let fields = try FieldList.read(arguments, at: index, &reply)
        reply.array(fields.count)
        do {
            guard var hash = try partition.openHash(arguments[1]) else {
                for _ in fields { reply.null() }
                return
            }
            var changeCount = 0
            for index in fields {
                reply.value(of: arguments[index], in: hash, partition)
                if apply(change, to: arguments[index], in: &hash, &partition) { changeCount += 1 }
            }
            partition.closeHash(arguments[1], hash, changeCount: changeCount)
        } catch { throw CommandError(error) }
    }

    /// True when something has changed.
    private static func apply(
        _ change: Change, to field: RawSpan, in hash: inout OpenHash, _ partition: inout Partition
    ) -> Bool {
        switch change {
        case .none: return false
        case .expire(let time): return partition.setExpiry(of: field, to: time, in: &hash) != .noField
        case .persist:
            guard case .at = partition.persist(field, in: &hash) else { return false }
            return true
        }
    }
}

extension ReplyWriter {
    /// The value of a field of an open hash, or null.
    mutating func value(of field: RawSpan, in hash: borrowing OpenHash, _ partition: borrowing Partition) {
        if let value = partition.value(of: field, in: hash) { string(value) } else { null() }
    }
}

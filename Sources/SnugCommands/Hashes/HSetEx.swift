internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Sets fields, and when they expire.
enum HSetEx: Command {
    static let spec = CommandSpec(
        name: "HSETEX", group: .hash, since: "8.0.0",
        arity: .atLeast(6), flags: [.write, .denyoom, .fast], acl: .hash,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Sets fields of a hash together with when they expire.",
        complexity: "O(1) per field in a table, O(N) in a small hash of N fields",
        arguments: [
            Argument("key", .key),
            Argument("condition", .oneof, optional: true, [.token("fnx", "FNX"), .token("fxx", "FXX")]),
            Argument(
                "expiration", .oneof, optional: true,
                [
                    Argument("seconds", .integer, token: "EX"), Argument("milliseconds", .integer, token: "PX"),
                    Argument("unix-time-seconds", .unixTime, token: "EXAT"),
                    Argument("unix-time-milliseconds", .unixTime, token: "PXAT"), .token("keepttl", "KEEPTTL"),
                ]),
            Argument(
                "fields", .block, token: "FIELDS",
                [
                    Argument("numfields", .integer),
                    Argument(
                        "data", .block, multiple: true, [Argument("field", .string), Argument("value", .string)]),
                ]),
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard partition.type(of: arguments[1], .peek) ?? .hash == .hash else { throw .wrongType }
        let options = try HSetExOptions(arguments, now: partition.now, &reply)
        do {
            if let mustBeThere = options.fieldsMustBeThere,
                try !allFields(of: options, areThere: mustBeThere, arguments, &partition)
            {
                return reply.integer(0)
            }
            var addition = HashAddition()
            for index in options.fields { addition.add(arguments[index], arguments[index + 1]) }
            var hash = try partition.openHash(arguments[1], for: addition)
            for index in options.fields {
                _ = partition.setField(
                    arguments[index], to: arguments[index + 1], keepsExpiry: options.keepsExpiry, in: &hash)
                if let time = options.time { _ = partition.setExpiry(of: arguments[index], to: time, in: &hash) }
            }
            partition.closeHash(arguments[1], hash, changeCount: addition.pairCount)
            reply.integer(1)
        } catch { throw CommandError(error) }
    }

    private static func allFields(
        of options: HSetExOptions, areThere: Bool, _ arguments: borrowing Arguments, _ partition: inout Partition
    ) throws(EngineError) -> Bool {
        guard let hash = try partition.hash(arguments[1], .peek) else { return !areThere }
        for index in options.fields where (hash.value(of: arguments[index]) != nil) != areThere { return false }
        return true
    }
}

/// What follows the key of HSETEX, in any order.
private struct HSetExOptions {
    /// Nil without FNX and FXX.
    private(set) var fieldsMustBeThere: Bool?
    private(set) var keepsExpiry = false
    /// When the fields expire, milliseconds since 1970.
    private(set) var time: Int64?
    /// Where the fields stand, each followed by its value.
    private(set) var fields = stride(from: 0, to: 0, by: 2)
    private var hasFields = false

    init(_ arguments: borrowing Arguments, now: Int64, _ reply: inout ReplyWriter) throws(CommandError) {
        var index = 2
        while index < arguments.count {
            let word = arguments[index]
            if word.isWord("FIELDS"), !hasFields {
                index = try readFields(arguments, at: index, &reply)
            } else if word.isWord("FNX") || word.isWord("FXX") {
                guard fieldsMustBeThere == nil else {
                    throw reply.refusal("ERR Only one of FXX or FNX arguments can be specified")
                }
                fieldsMustBeThere = word.isWord("FXX")
                index += 1
            } else if word.isWord("KEEPTTL") || Expiration.Unit(word) != nil {
                index = try readExpiration(arguments, at: index, now: now, &reply)
            } else if hasFields {
                reply.wrongArity(of: "hsetex")
                throw .written
            } else {
                throw reply.refusal(bytes: Array("ERR unknown argument: ".utf8) + word.makeArray())
            }
        }
        guard hasFields else {
            throw reply.refusal("ERR missing FIELDS argument")
        }
    }

    private mutating func readExpiration(
        _ arguments: borrowing Arguments, at index: Int, now: Int64, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Int {
        guard time == nil && !keepsExpiry else {
            throw reply.refusal("ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified")
        }
        guard let unit = Expiration.Unit(arguments[index]) else {
            keepsExpiry = true
            return index + 1
        }
        guard index + 1 < arguments.count else { throw .syntax }
        time = try unit.fieldTime(arguments[index + 1], now: now, of: "hsetex", &reply)
        return index + 2
    }

    private mutating func readFields(
        _ arguments: borrowing Arguments, at index: Int, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Int {
        let rest = arguments.count - index - 2
        guard rest >= 0, let count = arguments[index + 1].canonicalInteger, count > 0 else {
            throw reply.refusal("ERR invalid number of fields")
        }
        guard count <= rest / 2 else {
            reply.wrongArity(of: "hsetex")
            throw .written
        }
        let end = index + 2 + 2 * Int(count)
        fields = stride(from: index + 2, to: end, by: 2)
        hasFields = true
        return end
    }
}

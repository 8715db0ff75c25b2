internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Adds to a number between bounds, and sets when the key expires.
enum IncrEx: Command {
    static let spec = CommandSpec(
        name: "INCREX", group: .string, since: "8.8.0",
        arity: .atLeast(2), flags: [.write, .denyoom, .fast], acl: .string,
        keys: [.one(at: 1, [.readWrite, .access, .update])],
        summary: "Adds to the number under a key if the sum lies between bounds, and may change when the key expires.",
        complexity: "O(1)",
        arguments: [
            Argument("key", .key),
            Argument(
                "increment", .oneof, optional: true,
                [Argument("float", .double, token: "BYFLOAT"), Argument("integer", .integer, token: "BYINT")]),
            Argument("saturate", .pureToken, token: "SATURATE", optional: true),
            Argument("lowerbound", .string, token: "LBOUND", optional: true),
            Argument("upperbound", .string, token: "UBOUND", optional: true),
            Argument(
                "expiration", .oneof, optional: true,
                [
                    Argument("seconds", .integer, token: "EX"), Argument("milliseconds", .integer, token: "PX"),
                    Argument("unix-time-seconds", .unixTime, token: "EXAT"),
                    Argument("unix-time-milliseconds", .unixTime, token: "PXAT"), .token("persist", "PERSIST"),
                ]),
            Argument("enx", .pureToken, token: "ENX", optional: true),
        ],
        reply: .array(of: .oneOf([.integer, .bulk, .double])))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let options = try IncrExOptions(arguments)
        var expiry = options.persists ? ExpiryChange.remove : .keep
        if let expiration = options.expiration {
            let time = try expiration.milliseconds(now: partition.now, of: "increx", &reply)
            expiry = .set(time)
            if options.onlyWithoutExpiry, case .at = partition.expiry(of: arguments[1], .peek) { expiry = .keep }
        }
        if options.floatIndex > 0 {
            try addFloat(options, arguments, expiry, &partition, &reply)
        } else {
            try addInteger(options, arguments, expiry, &partition, &reply)
        }
    }

    private static func addInteger(
        _ options: IncrExOptions, _ arguments: borrowing Arguments, _ expiry: ExpiryChange,
        _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        func number(_ index: Int, or absent: Int64, _ failure: CommandError) throws(CommandError) -> Int64 {
            index == 0 ? absent : try arguments[index].integer(orThrow: failure)
        }
        let amount = try number(options.integerIndex, or: 1, .incrementNotInteger)
        let lower = try number(options.lowerIndex, or: .min, .lowerBoundNotInteger)
        let upper = try number(options.upperIndex, or: .max, .upperBoundNotInteger)
        guard lower <= upper else { throw .boundsCrossed }
        let key = arguments[1]
        let former = try translating { () throws(EngineError) in try partition.integer(key) ?? 0 }
        var (sum, isCarried) = former.addingReportingOverflow(amount)
        let isAbove = isCarried ? amount > 0 : sum > upper
        let isBelow = isCarried ? amount < 0 : sum < lower
        if isAbove || isBelow {
            guard options.saturates else {
                reply.array(2)
                reply.integer(former)
                return reply.integer(0)
            }
            sum = isAbove ? upper : lower
        }
        let (applied, overflow) = sum.subtractingReportingOverflow(former)
        if overflow { throw .appliedIncrementOverflow }
        partition.setInteger(key, to: sum, expiry: expiry)
        reply.array(2)
        reply.integer(sum)
        reply.integer(applied)
    }

    private static func addFloat(
        _ options: IncrExOptions, _ arguments: borrowing Arguments, _ expiry: ExpiryChange,
        _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        func number(_ index: Int, _ failure: CommandError) throws(CommandError) -> LongDouble? {
            if index == 0 { return nil }
            guard let value = LongDouble(arguments[index]) else { throw failure }
            return value
        }
        guard let amount = try number(options.floatIndex, .incrementNotFloat) else { throw .syntax }
        guard amount.isFinite else { throw .incrementInfinite }
        let lower = try number(options.lowerIndex, .lowerBoundNotFloat)
        let upper = try number(options.upperIndex, .upperBoundNotFloat)
        if let lower, let upper, lower.isAbove(upper) { throw .boundsCrossed }
        let key = arguments[1]
        let former = try translating { () throws(EngineError) in try partition.number(key) ?? .zero }
        guard former.isFinite else { throw .valueInfinite }
        let (sum, isInside) = former.adding(amount, from: lower, to: upper)
        guard isInside || options.saturates else {
            reply.array(2)
            reply.number(former)
            return reply.number(.zero)
        }
        guard let applied = sum.subtracting(former) else { throw .appliedIncrementOverflow }
        partition.setNumber(key, to: sum, expiry: expiry)
        reply.array(2)
        reply.number(sum)
        reply.number(applied)
    }
}

extension ReplyWriter {
    /// A double in RESP3, a bulk string in RESP2, with as many digits as INCRBYFLOAT writes.
    fileprivate mutating func number(_ value: LongDouble) {
        var text = GrowableBytes()
        text.append(value)
        number(text.bytes)
    }
}

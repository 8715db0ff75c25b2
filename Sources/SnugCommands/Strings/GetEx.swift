internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Reads a string and changes its key's expiry.
enum GetEx: Command {
    static let spec = CommandSpec(
        name: "GETEX", group: .string, since: "6.2.0",
        arity: .atLeast(2), flags: [.write, .fast], acl: .string,
        keys: [.one(at: 1, [.readWrite, .access, .update], notes: "RW and UPDATE because it changes the TTL")],
        summary: "Returns the string under a key and may change when the key expires.",
        complexity: "O(1)",
        arguments: [
            Argument("key", .key),
            Argument(
                "expiration", .oneof, optional: true,
                [
                    Argument("seconds", .integer, token: "EX"), Argument("milliseconds", .integer, token: "PX"),
                    Argument("unix-time-seconds", .unixTime, token: "EXAT"),
                    Argument("unix-time-milliseconds", .unixTime, token: "PXAT"), .token("persist", "PERSIST"),
                ]),
        ],
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let (expiration, persists) = try options(arguments)
        guard let type = partition.type(of: arguments[1], .peek) else {
            _ = partition.exists(arguments[1], .read)
            return reply.null()
        }
        guard type == .string else { throw .wrongType }
        let expiry = try expiration?.milliseconds(now: partition.now, of: "getex", &reply)
        _ = try reply.string(arguments[1], &partition)
        if let expiry {
            _ = partition.setExpiry(of: arguments[1], to: expiry)
        } else if persists {
            _ = partition.persist(arguments[1])
        }
    }

    private static func options(
        _ arguments: borrowing Arguments
    ) throws(CommandError) -> (expiration: Expiration?, persists: Bool) {
        var expiration: Expiration?
        var persists = false
        var index = 2
        while index < arguments.count {
            if arguments[index].isWord("PERSIST"), expiration == nil {
                persists = true
            } else if persists {
                throw .syntax
            } else {
                try Expiration.read(arguments, &index, into: &expiration)
            }
            index += 1
        }
        return (expiration, persists)
    }
}

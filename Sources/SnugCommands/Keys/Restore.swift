internal import SnugEngine
internal import SnugMemory
internal import SnugRDB
internal import SnugRESP

/// Makes a key of the bytes that DUMP has given, here or in another server.
enum Restore: Command {
    static let spec = CommandSpec(
        name: "RESTORE", group: .generic, since: "2.6.0",
        arity: .atLeast(4), flags: [.write, .denyoom], acl: [.keyspace, .dangerous],
        keys: [.one(at: 1, [.overwrite, .update])],
        summary: "Makes a key of the bytes that DUMP returns.",
        complexity: "O(1) to make the key, O(N) for a value of N elements; O(N·log(N)) for a sorted set",
        history: [
            ("3.0.0", "The option REPLACE."), ("5.0.0", "The option ABSTTL."),
            ("5.0.0", "The options IDLETIME and FREQ."),
        ],
        arguments: [
            Argument("key", .key), Argument("ttl", .integer), Argument("serialized-value", .string),
            Argument("replace", .pureToken, token: "REPLACE", since: "3.0.0", optional: true),
            Argument("absttl", .pureToken, token: "ABSTTL", since: "5.0.0", optional: true),
            Argument("seconds", .integer, token: "IDLETIME", since: "5.0.0", optional: true),
            Argument("frequency", .integer, token: "FREQ", since: "5.0.0", optional: true),
        ],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let options = try RestoreOptions(arguments, partition)
        let key = arguments[1]
        if !options.replaces && partition.exists(key, .removal) { throw .busyKey }
        let ttl = try arguments[2].integer()
        guard ttl >= 0 else { throw .negativeTTL }
        // A sum beyond the range is a time long past, as in Redis.
        let expiry = ttl == 0 ? nil : options.isAbsolute ? ttl : ttl &+ partition.now
        do throws(RestoreError) {
            try partition.restore(key, from: arguments[3], expiry: expiry, access: options.access)
        } catch {
            switch error {
            case .wrongVersionOrChecksum: throw .wrongPayloadVersionOrChecksum
            case .corrupt: throw .badDataFormat
            }
        }
        reply.ok()
    }
}

/// The words behind a payload.
private struct RestoreOptions {
    /// Whether a key that is there is replaced.
    private(set) var replaces = false
    /// Whether the key's expiry is given as a time.
    private(set) var isAbsolute = false
    private var idleSeconds: Int64?
    private var frequency: UInt8?
    /// The key's access data, nil for those of a key that is made now.
    private(set) var access: UInt32?

    init(_ arguments: borrowing Arguments, _ partition: borrowing Partition) throws(CommandError) {
        var index = 4
        while index < arguments.count {
            let word = arguments[index]
            let hasNext = index + 1 < arguments.count
            if word.isWord("REPLACE") {
                replaces = true
            } else if word.isWord("ABSTTL") {
                isAbsolute = true
            } else if word.isWord("IDLETIME") && hasNext && frequency == nil {
                index += 1
                let seconds = try arguments[index].integer()
                guard seconds >= 0 else { throw .negativeIdleTime }
                idleSeconds = seconds
            } else if word.isWord("FREQ") && hasNext && idleSeconds == nil {
                index += 1
                guard let counter = UInt8(exactly: try arguments[index].integer()) else { throw .frequencyOutOfRange }
                frequency = counter
            } else {
                throw .syntax
            }
            index += 1
        }
        if let idleSeconds {
            access = partition.accessClock.data(idleSeconds: idleSeconds, now: partition.now)
        } else if let frequency {
            access = partition.accessClock.data(frequency: frequency, now: partition.now)
        }
    }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Gives pending entries to another consumer.
enum XClaim: Command {
    static let spec = CommandSpec(
        name: "XCLAIM", group: .stream, since: "5.0.0",
        arity: .atLeast(6), flags: [.write, .fast], acl: .stream,
        keys: [.one(at: 1, [.readWrite, .update])],
        tips: ["nondeterministic_output"],
        summary: "Gives pending entries of a group to a consumer, whoever had them.",
        complexity: "O(log N) in a group of N pending entries, for each id",
        arguments: [
            Argument("key", .key), Argument("group", .string), Argument("consumer", .string),
            Argument("min-idle-time", .string), Argument("id", .string, multiple: true),
            Argument("ms", .integer, token: "IDLE", optional: true),
            Argument("unix-time-milliseconds", .unixTime, token: "TIME", optional: true),
            Argument("count", .integer, token: "RETRYCOUNT", optional: true),
            Argument("force", .pureToken, token: "FORCE", optional: true),
            Argument("justid", .pureToken, token: "JUSTID", optional: true),
            Argument("id", .string, token: "LASTID", optional: true),
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let place = try GroupPlace(ofClaim: arguments, &partition, &reply)
        let (open, group) = (place.open, place.group)
        let now = partition.now
        let options = try Options(arguments, now: now, &reply)
        let stream = open.stream
        if let lastID = options.lastID { stream.value.advance(group, to: lastID) }
        let consumer = stream.value.consumer(arguments[3], of: group, now: now).consumer
        consumer.seenTime = now
        let mark = reply.mark
        var (count, changes) = (0, 0)
        for index in 5..<options.idsEnd {
            let id = try arguments[index].streamID()
            let pending = group.value.pending.entry(id)
            guard stream.value.contains(id) else {
                // What has gone from the stream can be acknowledged by nobody.
                if pending != nil && stream.value.acknowledge(id, of: group) { changes += 1 }
                continue
            }
            guard let claimed = options.claimed(pending, id, for: consumer, now: now) else { continue }
            stream.value.claim(claimed, for: consumer, of: group, from: pending?.consumer)
            consumer.activeTime = now
            count += 1
            changes += 1
            if options.justIDs { reply.streamID(id) } else { _ = reply.streamEntry(id, of: stream) }
        }
        reply.insertHead(.array, count: count, at: mark)
        partition.closeStream(arguments[1], open, changeCount: changes, isSeen: false)
    }

    /// How entries are claimed.
    private struct Options {
        private var idleMillisecondsMin: Int64
        private var deliveryTime: Int64?
        private var deliveryCount: Int64?
        private var forces = false
        private(set) var justIDs = false
        private(set) var lastID: StreamID?
        /// The index behind the last id.
        private(set) var idsEnd = 5

        /// Errors are written.
        init(_ arguments: borrowing Arguments, now: Int64, _ reply: inout ReplyWriter) throws(CommandError) {
            guard let idle = arguments[4].canonicalInteger else {
                throw reply.refusal("ERR Invalid min-idle-time argument for XCLAIM")
            }
            idleMillisecondsMin = max(idle, 0)
            while idsEnd < arguments.count, Self.isID(arguments[idsEnd]) { idsEnd += 1 }
            var index = idsEnd
            while index < arguments.count {
                index = try take(arguments, at: index, now: now, &reply)
            }
            if let time = deliveryTime, time < 0 || time > now { deliveryTime = now }
        }

        private static func isID(_ word: RawSpan) -> Bool {
            do throws(CommandError) { _ = try word.streamID() } catch { return false }
            return true
        }

        /// Takes the option at `index` and returns the index behind it.
        private mutating func take(
            _ arguments: borrowing Arguments, at index: Int, now: Int64, _ reply: inout ReplyWriter
        ) throws(CommandError) -> Int {
            let word = arguments[index]
            let hasValue = index + 1 < arguments.count
            if word.isWord("FORCE") {
                forces = true
                return index + 1
            }
            if word.isWord("JUSTID") {
                justIDs = true
                return index + 1
            }
            let value = arguments[hasValue ? index + 1 : index]
            if word.isWord("IDLE") && hasValue {
                guard let idle = value.canonicalInteger else {
                    throw reply.refusal("ERR Invalid IDLE option argument for XCLAIM")
                }
                // -1 stands for no option, in Redis too.
                let time = now &- idle
                deliveryTime = time == -1 ? nil : time
            } else if word.isWord("TIME") && hasValue {
                guard let time = value.canonicalInteger else {
                    throw reply.refusal("ERR Invalid TIME option argument for XCLAIM")
                }
                deliveryTime = time == -1 ? nil : time
            } else if word.isWord("RETRYCOUNT") && hasValue {
                guard let count = value.canonicalInteger else {
                    throw reply.refusal("ERR Invalid RETRYCOUNT option argument for XCLAIM")
                }
                deliveryCount = count
            } else if word.isWord("LASTID") && hasValue {
                lastID = try value.streamID()
            } else {
                let text = Array("ERR Unrecognized XCLAIM option '".utf8) + word.shown + Array("'".utf8)
                throw reply.refusal(bytes: text)
            }
            return index + 2
        }

        /// What becomes of an entry that is pending, or is to be forced; nil when it stays as it is.
        func claimed(_ pending: PendingEntry?, _ id: StreamID, for consumer: Consumer, now: Int64) -> PendingEntry? {
            if pending == nil && !forces { return nil }
            if let pending, idleMillisecondsMin > 0, now - pending.deliveryTime < idleMillisecondsMin { return nil }
            var count = pending?.deliveryCount ?? 1
            if let deliveryCount, deliveryCount >= 0 {
                count = UInt64(deliveryCount)
            } else if !justIDs {
                count &+= 1
            }
            return PendingEntry(
                id: id, consumer: consumer.number, deliveryTime: deliveryTime ?? now, deliveryCount: count)
        }
    }
}

extension RawSpan {
    /// The bytes before the first zero byte, as texts of errors show them.
    fileprivate var shown: [UInt8] { Array(makeArray().prefix { $0 != 0 }) }
}

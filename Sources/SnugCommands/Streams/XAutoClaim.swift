internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Gives the pending entries that have been idle for long to another consumer, in steps.
enum XAutoClaim: Command {
    static let spec = CommandSpec(
        name: "XAUTOCLAIM", group: .stream, since: "6.2.0",
        arity: .atLeast(6), flags: [.write, .fast], acl: .stream,
        keys: [.one(at: 1, [.readWrite, .delete])],
        tips: ["nondeterministic_output"],
        summary: "Gives pending entries that have been idle for long to a consumer, in steps.",
        complexity: "O(1) for a small COUNT",
        history: [("7.0.0", "The ids of entries that have gone from the stream.")],
        arguments: [
            Argument("key", .key), Argument("group", .string), Argument("consumer", .string),
            Argument("min-idle-time", .string), Argument("start", .string),
            Argument("count", .integer, token: "COUNT", optional: true),
            Argument("justid", .pureToken, token: "JUSTID", optional: true),
        ],
        reply: .array(of: .any))

    /// How many pending entries are looked at for each that may be returned.
    private static let attemptFactor: Int64 = 10

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let idle = arguments[4].canonicalInteger else {
            throw reply.refusal("ERR Invalid min-idle-time argument for XAUTOCLAIM")
        }
        let start = try StreamRange.start(arguments[5], &reply)
        var (count, justIDs) = (Int64(100), false)
        var index = 6
        while index < arguments.count {
            if arguments[index].isWord("COUNT"), index + 1 < arguments.count {
                guard let wanted = arguments[index + 1].canonicalInteger, wanted > 0, wanted <= Int64.max / 16 else {
                    throw reply.refusal("ERR COUNT must be > 0")
                }
                count = wanted
                index += 2
            } else if arguments[index].isWord("JUSTID") {
                justIDs = true
                index += 1
            } else {
                throw .syntax
            }
        }
        let place = try GroupPlace(ofClaim: arguments, &partition, &reply)
        let (open, group) = (place.open, place.group)
        let now = partition.now
        let consumer = open.stream.value.consumer(arguments[3], of: group, now: now).consumer
        consumer.seenTime = now
        var claim = Claim(idleMillisecondsMin: max(idle, 0), justIDs: justIDs, now: now, left: count)
        claim.run(open.stream, group, consumer, from: start, &reply)
        partition.closeStream(arguments[1], open, changeCount: claim.changeCount, isSeen: false)
    }

    /// One step.
    private struct Claim {
        let idleMillisecondsMin: Int64
        let justIDs: Bool
        let now: Int64
        /// How many entries may yet be returned, those that have gone included.
        var left: Int64
        var changeCount = 0

        mutating func run(
            _ stream: Box<EntryStream>, _ group: Box<ConsumerGroup>, _ consumer: Consumer, from start: StreamID,
            _ reply: inout ReplyWriter
        ) {
            let mark = reply.mark
            var gone: [StreamID] = []
            var claimedCount = 0
            var attempts = left * XAutoClaim.attemptFactor
            var next: StreamID? = start
            while attempts > 0 && left > 0, let from = next, let entry = group.value.pending.first(from: from) {
                attempts -= 1
                next = entry.id.next
                if !stream.value.contains(entry.id) {
                    _ = stream.value.acknowledge(entry.id, of: group)
                    gone.append(entry.id)
                } else if idleMillisecondsMin > 0 && now - entry.deliveryTime < idleMillisecondsMin {
                    continue
                } else {
                    take(entry, stream, group, consumer, &reply)
                    claimedCount += 1
                }
                changeCount += 1
                left -= 1
            }
            let cursor = next.flatMap { group.value.pending.first(from: $0)?.id }
            var head = ReplyWriter(capacity: 80)
            head.version = reply.version
            head.array(3)
            head.streamID(cursor ?? .zero)
            head.array(claimedCount)
            reply.insert(head.buffer.bytes, at: mark)
            reply.array(gone.count)
            for id in gone { reply.streamID(id) }
        }

        private func take(
            _ entry: PendingEntry, _ stream: Box<EntryStream>, _ group: Box<ConsumerGroup>, _ consumer: Consumer,
            _ reply: inout ReplyWriter
        ) {
            let claimed = PendingEntry(
                id: entry.id, consumer: consumer.number, deliveryTime: now,
                deliveryCount: justIDs ? entry.deliveryCount : entry.deliveryCount &+ 1)
            stream.value.claim(claimed, for: consumer, of: group, from: entry.consumer)
            consumer.activeTime = now
            if justIDs { reply.streamID(entry.id) } else { _ = reply.streamEntry(entry.id, of: stream) }
        }
    }
}

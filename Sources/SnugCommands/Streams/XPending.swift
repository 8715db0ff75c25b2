internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Tells what a group has given out and has not been acknowledged: in sum, or entry by entry.
enum XPending: Command {
    static let spec = CommandSpec(
        name: "XPENDING", group: .stream, since: "5.0.0",
        arity: .atLeast(3), flags: [.readonly], acl: .stream,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output"],
        summary: "Returns the pending entries of a consumer group.",
        complexity: "O(N) for N entries that are returned or passed over; without a range O(N) for N consumers",
        history: [("6.2.0", "The word IDLE, and exclusive ends of the range.")],
        arguments: [
            Argument("key", .key), Argument("group", .string),
            Argument(
                "filters", .block, optional: true,
                [
                    Argument("min-idle-time", .integer, token: "IDLE", since: "6.2.0", optional: true),
                    Argument("start", .string), Argument("end", .string), Argument("count", .integer),
                    Argument("consumer", .string, optional: true),
                ]),
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let filter = try Filter(arguments, &reply)
        let key = arguments[1]
        guard let stream = try translating({ () throws(EngineError) in try partition.stream(key) }),
            let group = stream.value.group(named: arguments[2])
        else {
            reply.noGroup(("No such key '", key), ("' or consumer group '", arguments[2]), "'")
            throw .written
        }
        guard let filter else { return summarise(group, &reply) }
        var consumer: Int?
        if filter.consumerIndex > 0 {
            let name = arguments[filter.consumerIndex]
            guard let found = group.value.consumers.consumer(named: name) else { return reply.array(0) }
            consumer = found.number
        }
        list(group, filter, consumer, now: partition.now, &reply)
    }

    /// Which entries are asked for.
    private struct Filter {
        var range: StreamRange
        var count: Int64
        var idleMillisecondsMin: Int64 = 0
        /// Index of the consumer's name, 0 without one.
        var consumerIndex = 0

        /// Nil when the sum is asked for. Errors are written.
        init?(_ arguments: borrowing Arguments, _ reply: inout ReplyWriter) throws(CommandError) {
            if arguments.count == 3 { return nil }
            guard (6...9).contains(arguments.count) else { throw .syntax }
            var index = 3
            if arguments[3].isWord("IDLE") {
                idleMillisecondsMin = try arguments[4].integer()
                guard arguments.count >= 8 else { throw .syntax }
                index = 5
            }
            count = try arguments[index + 2].integer()
            range = try StreamRange(arguments[index], arguments[index + 1], &reply)
            if index + 3 < arguments.count { consumerIndex = index + 3 }
        }
    }

    private static func summarise(_ group: Box<ConsumerGroup>, _ reply: inout ReplyWriter) {
        reply.array(4)
        reply.integer(group.value.pending.count)
        guard let first = group.value.pending.first(from: .zero), let last = group.value.pending.last else {
            reply.null()
            reply.null()
            return reply.nullArray()
        }
        reply.streamID(first.id)
        reply.streamID(last.id)
        let mark = reply.mark
        var count = 0
        for index in 0..<group.value.consumers.count {
            let consumer = group.value.consumers[index]
            guard consumer.pendingCount > 0 else { continue }
            count += 1
            reply.array(2)
            reply.bulk(consumer.name(of: group))
            reply.bulk(decimal: Int64(consumer.pendingCount))
        }
        reply.insertHead(.array, count: count, at: mark)
    }

    private static func list(
        _ group: Box<ConsumerGroup>, _ filter: Filter, _ consumer: Int?, now: Int64, _ reply: inout ReplyWriter
    ) {
        let mark = reply.mark
        var count = 0
        group.value.pending.forEach(from: filter.range.start) { entry in
            guard count < filter.count, entry.id <= filter.range.end else { return false }
            let idle = now - entry.deliveryTime
            let isMeant = consumer == nil || consumer == entry.consumer
            let isIdle = filter.idleMillisecondsMin == 0 || idle >= filter.idleMillisecondsMin
            guard isMeant && isIdle else { return true }
            count += 1
            reply.array(4)
            reply.streamID(entry.id)
            reply.bulk(group.value.consumers.consumer(numbered: entry.consumer).name(of: group))
            reply.integer(max(idle, 0))
            reply.integer(Int64(bitPattern: entry.deliveryCount))
            return true
        }
        reply.insertHead(.array, count: count, at: mark)
    }
}

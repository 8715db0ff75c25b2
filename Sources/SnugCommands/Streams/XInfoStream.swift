internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Tells of a stream, with what is in it and in its groups when all is asked for.
enum XInfoStream: Command {
    static let spec = CommandSpec(
        name: "STREAM", container: "XINFO", group: .stream, since: "5.0.0",
        arity: .atLeast(3), flags: [.readonly], acl: .stream,
        keys: [.one(at: 2, [.readOnly, .access])],
        summary: "Tells of a stream.",
        complexity: "O(1); with FULL O(N) for N entries and consumers that are shown",
        history: [
            ("6.0.0", "The word FULL."),
            (
                "7.0.0",
                """
                The fields `max-deleted-entry-id`, `entries-added`, `recorded-first-entry-id`, `entries-read` and `lag`.
                """
            ),
            ("7.2.0", "The field `active-time`; `seen-time` is the time of the last attempt."),
        ],
        arguments: [
            Argument("key", .key),
            Argument(
                "full", .block, token: "FULL", optional: true,
                [Argument("count", .integer, token: "COUNT", optional: true)]),
        ],
        reply: .map(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let stream = try XInfo.stream(arguments, &partition)
        var limit = Int64(10)
        let isFull = arguments.count > 3
        if isFull {
            guard arguments.count == 4 || arguments.count == 6, arguments[3].isWord("FULL") else {
                throw reply.subcommandSyntax(arguments)
            }
            if arguments.count == 6 {
                guard arguments[4].isWord("COUNT") else { throw reply.subcommandSyntax(arguments) }
                let count = try arguments[5].integer()
                limit = count < 0 ? 10 : count == 0 ? .max : count
            }
        }
        reply.map(isFull ? 9 : 10)
        writeFigures(stream, &reply)
        if isFull {
            reply.bulk("entries")
            reply.streamRange(stream, from: .zero, through: .max, limit: Int(limit))
            reply.bulk("groups")
            reply.array(stream.value.groupCount)
            for index in 0..<stream.value.groupCount {
                write(stream.value.group(at: index), of: stream, limit, &reply)
            }
        } else {
            reply.field("groups", Int64(stream.value.groupCount))
            reply.bulk("first-entry")
            writeEnd(stream, reversed: false, &reply)
            reply.bulk("last-entry")
            writeEnd(stream, reversed: true, &reply)
        }
    }

    /// The first seven fields.
    private static func writeFigures(_ stream: Box<EntryStream>, _ reply: inout ReplyWriter) {
        reply.field("length", Int64(stream.value.count))
        reply.field("radix-tree-keys", Int64(stream.value.nodeCount))
        reply.field("radix-tree-nodes", Int64(stream.value.treeNodeCount))
        reply.field("last-generated-id", stream.value.lastID)
        reply.field("max-deleted-entry-id", stream.value.deletedIDMax)
        reply.field("entries-added", stream.value.addedCount)
        reply.field("recorded-first-entry-id", stream.value.firstEntryID ?? .zero)
    }

    /// The first entry or the last, or null.
    private static func writeEnd(_ stream: Box<EntryStream>, reversed: Bool, _ reply: inout ReplyWriter) {
        var isThere = false
        stream.value.forEach(from: .zero, through: .max, reversed: reversed) { entry in
            reply.streamEntry(entry)
            isThere = true
            return false
        }
        if !isThere { reply.null() }
    }

    private static func write(
        _ group: Box<ConsumerGroup>, of stream: Box<EntryStream>, _ limit: Int64, _ reply: inout ReplyWriter
    ) {
        reply.map(7)
        reply.bulk("name")
        reply.bulk(group.value.name)
        reply.progress(of: group, in: stream)
        reply.field("pel-count", Int64(group.value.pending.count))
        reply.bulk("pending")
        writePending(of: group, nil, limit, &reply)
        reply.bulk("consumers")
        reply.array(group.value.consumers.count)
        for index in 0..<group.value.consumers.count {
            let consumer = group.value.consumers[index]
            reply.map(5)
            reply.bulk("name")
            reply.bulk(consumer.name(of: group))
            reply.field("seen-time", consumer.seenTime)
            reply.field("active-time", consumer.activeTime ?? -1)
            reply.field("pel-count", Int64(consumer.pendingCount))
            reply.bulk("pending")
            writePending(of: group, consumer, limit, &reply)
        }
    }

    /// The first pending entries of a group, with their owners' names, or of one consumer.
    private static func writePending(
        of group: Box<ConsumerGroup>, _ consumer: Consumer?, _ limit: Int64, _ reply: inout ReplyWriter
    ) {
        let count = min(limit, Int64(consumer?.pendingCount ?? group.value.pending.count))
        reply.array(Int(count))
        var left = count
        group.value.pending.forEach(from: .zero) { entry in
            guard left > 0 else { return false }
            if let consumer, consumer.number != entry.consumer { return true }
            left -= 1
            reply.array(consumer == nil ? 4 : 3)
            reply.streamID(entry.id)
            if consumer == nil {
                reply.bulk(group.value.consumers.consumer(numbered: entry.consumer).name(of: group))
            }
            reply.integer(entry.deliveryTime)
            reply.integer(Int64(bitPattern: entry.deliveryCount))
            return true
        }
    }
}

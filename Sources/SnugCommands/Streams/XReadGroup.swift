internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Gives a consumer of a group entries that the group has not read yet, or returns those that it has been given.
enum XReadGroup: Command {
    static let spec = CommandSpec(
        name: "XREADGROUP", group: .stream, since: "5.0.0",
        arity: .atLeast(7), flags: [.write, .blocking, .movableKeys], acl: .stream,
        keys: [
            KeySpec(
                begin: .keyword("STREAMS", startFrom: 4), find: .range(last: -1, step: 1, limit: 2),
                flags: [.readOnly, .access])
        ],
        summary: "Gives a consumer of a group entries of streams, or returns what it has been given.",
        complexity:
            """
            O(log N + M) for each stream of N entries of which M are returned, and a step for each pending entry of \
            others
            """,
        arguments: [
            Argument(
                "group_consumer", .block, token: "GROUP", [Argument("group", .string), Argument("consumer", .string)]),
            Argument("count", .integer, token: "COUNT", optional: true),
            Argument("milliseconds", .integer, token: "BLOCK", optional: true),
            Argument("noack", .pureToken, token: "NOACK", optional: true), .streams,
        ],
        reply: .oneOf([.array(of: .any), .map(of: .any), .null]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let request = try ReadRequest(arguments, ofGroup: true, &reply)
        for index in 0..<request.streamCount { try check(arguments, request, index, &partition, &reply) }
        let mark = reply.mark
        var served = 0
        for index in 0..<request.streamCount {
            let key = arguments[request.keyIndex(index)]
            guard
                let open = try translating({ () throws(EngineError) in
                    try partition.openStream(key, .read, makes: false)
                })
            else { continue }
            let wasServed = try read(arguments, request, index, open, now: partition.now, &reply)
            if wasServed { served += 1 }
            partition.closeStream(key, open, changeCount: wasServed ? 1 : 0, isSeen: false)
        }
        reply.endStreams(served, at: mark)
    }

    /// Complains if the stream of an index cannot be read.
    private static func check(
        _ arguments: borrowing Arguments, _ request: ReadRequest, _ index: Int, _ partition: inout Partition,
        _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let key = arguments[request.keyIndex(index)]
        let name = arguments[request.groupIndex]
        let stream = try translating { () throws(EngineError) in try partition.stream(key) }
        guard stream?.value.group(named: name) != nil else {
            reply.noGroup(
                ("No such key '", key), ("' or consumer group '", name), "' in XREADGROUP with GROUP option")
            throw .written
        }
        let id = arguments[request.idIndex(index)]
        if id.isCharacter("$") {
            throw reply.refusal(
                """
                ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this \
                consumer by specifying a proper ID, or use the > ID to get new messages. The $ ID would just return an \
                empty result set.
                """)
        }
        if !id.isCharacter(">") { _ = try id.streamID() }
    }

    /// Answers for the stream of an index. False when there is nothing to answer.
    private static func read(
        _ arguments: borrowing Arguments, _ request: ReadRequest, _ index: Int, _ open: OpenStream, now: Int64,
        _ reply: inout ReplyWriter
    ) throws(CommandError) -> Bool {
        let stream = open.stream
        // A key that is named twice has its group still.
        guard let group = stream.value.group(named: arguments[request.groupIndex]) else { return false }
        let consumer = stream.value.consumer(arguments[request.groupIndex + 1], of: group, now: now).consumer
        consumer.seenTime = now
        let id = arguments[request.idIndex(index)]
        let position = id.isCharacter(">") ? StreamID.max : try id.streamID()
        if position == .max {
            guard let last = stream.value.lastEntryID, last > group.value.lastID else { return false }
        }
        if reply.version < 3 { reply.array(2) }
        reply.bulk(arguments[request.keyIndex(index)])
        let mark = reply.mark
        var count = 0
        if position == .max {
            count = stream.value.deliver(
                to: consumer, of: group, atMost: request.limit, acknowledged: request.acknowledged, now: now
            ) { reply.streamEntry($0) }
        } else {
            var next = position.next
            while count < request.limit, let start = next,
                let entry = group.value.pending.first(from: start, of: consumer.number)
            {
                repeatEntry(entry, stream, group, now: now, &reply)
                count += 1
                next = entry.id.next
            }
        }
        reply.insertHead(.array, count: count, at: mark)
        return true
    }

    /// Writes an entry that the consumer has, or that it has gone.
    private static func repeatEntry(
        _ entry: PendingEntry, _ stream: Box<EntryStream>, _ group: Box<ConsumerGroup>, now: Int64,
        _ reply: inout ReplyWriter
    ) {
        guard reply.streamEntry(entry.id, of: stream) else {
            reply.array(2)
            reply.streamID(entry.id)
            return reply.nullArray()
        }
        var renewed = entry
        renewed.deliveryTime = now
        renewed.deliveryCount &+= 1
        stream.value.renew(renewed, of: group)
    }
}

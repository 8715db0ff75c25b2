internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Adds an entry to a stream.
enum XAdd: Command {
    static let spec = CommandSpec(
        name: "XADD", group: .stream, since: "5.0.0",
        arity: .atLeast(5), flags: [.write, .denyoom, .fast], acl: .stream,
        keys: [
            .one(
                at: 1, [.readWrite, .update],
                notes: "UPDATE instead of INSERT because of the optional trimming feature")
        ],
        tips: ["nondeterministic_output"],
        summary: "Adds an entry to a stream, which is made if needed.",
        complexity: "O(1), and O(N) for N entries that trimming removes",
        history: [
            ("6.2.0", "The words NOMKSTREAM, MINID and LIMIT."), ("7.0.0", "Ids of the form `<ms>-*`."),
        ],
        arguments: [
            Argument("key", .key),
            Argument("nomkstream", .pureToken, token: "NOMKSTREAM", since: "6.2.0", optional: true),
            .trim(optional: true),
            Argument("id_or_auto", .oneof, [.token("auto_id", "*"), Argument("id", .string)]),
            Argument(
                "field_value", .block, multiple: true, [Argument("field", .string), Argument("value", .string)]),
        ],
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var makes = true
        var options = TrimOptions()
        var requested = RequestedID.automatic
        var index = 2
        while index < arguments.count && !arguments[index].isCharacter("*") {
            if let next = try options.take(arguments, at: index, &reply) {
                index = next
            } else if arguments[index].isWord("NOMKSTREAM") {
                makes = false
                index += 1
            } else {
                requested = try arguments[index].requestedStreamID()
                break
            }
        }
        try options.check(needed: false, &reply)
        let first = index + 1
        guard arguments.count - first >= 2, (arguments.count - first) % 2 == 0 else {
            reply.wrongArity(of: "xadd")
            throw .written
        }
        if case .whole(.zero) = requested {
            throw reply.refusal("ERR The ID specified in XADD must be greater than 0-0")
        }
        let key = arguments[1]
        guard let open = try translating({ () throws(EngineError) in try partition.openStream(key, makes: makes) })
        else { return reply.null() }
        let limits = partition.limits
        guard let id = add(arguments, from: first, requested, to: open, now: partition.now, limits, &reply) else {
            partition.discard(open)
            throw .written
        }
        _ = options.trim(open.stream, limits)
        partition.closeStream(key, open, changeCount: 1)
        reply.streamID(id)
    }

    /// Adds the pairs from `first` on as an entry and returns its id. Nil when that cannot be; the error is written.
    private static func add(
        _ arguments: borrowing Arguments, from first: Int, _ requested: RequestedID, to open: OpenStream, now: Int64,
        _ limits: EncodingLimits, _ reply: inout ReplyWriter
    ) -> StreamID? {
        let stream = open.stream
        let last = stream.value.lastID
        if last == .max {
            reply.error("ERR The stream has exhausted the last possible ID, unable to add more items")
            return nil
        }
        guard let id = requested.id(after: last, now: now) else {
            reply.error("ERR The ID specified in XADD is equal or smaller than the target stream top item")
            return nil
        }
        var entry = stream.value.beginEntry(pairCount: (arguments.count - first) / 2)
        for place in stride(from: first, to: arguments.count, by: 2) {
            stream.value.measure(arguments[place], arguments[place + 1], for: &entry)
        }
        if entry.byteCount > EntryStream.entryByteCountMax {
            reply.error("ERR Elements are too large to be stored")
            return nil
        }
        stream.value.decide(&entry, limits)
        for place in stride(from: first, to: arguments.count, by: 2) {
            stream.value.write(arguments[place], arguments[place + 1], for: &entry)
        }
        stream.value.append(entry, id: id)
        return id
    }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Returns entries of streams behind given ids. Shares `ReadRequest` with XREADGROUP.
enum XRead: Command {
    static let spec = CommandSpec(
        name: "XREAD", group: .stream, since: "5.0.0",
        arity: .atLeast(4), flags: [.readonly, .blocking, .movableKeys], acl: .stream,
        keys: [
            KeySpec(
                begin: .keyword("STREAMS", startFrom: 1), find: .range(last: -1, step: 1, limit: 2),
                flags: [.readOnly, .access])
        ],
        summary: "Returns entries of streams that come behind given ids.",
        complexity: "O(log N + M) for each stream of N entries of which M are returned",
        arguments: [
            Argument("count", .integer, token: "COUNT", optional: true),
            Argument("milliseconds", .integer, token: "BLOCK", optional: true), .streams,
        ],
        reply: .oneOf([.array(of: .any), .map(of: .any), .null]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let request = try ReadRequest(arguments, ofGroup: false, &reply)
        for index in 0..<request.streamCount {
            let stream = try translating { () throws(EngineError) in
                try partition.stream(arguments[request.keyIndex(index)])
            }
            let id = arguments[request.idIndex(index)]
            if id.isCharacter(">") {
                throw reply.refusal(
                    """
                    ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> \
                    option.
                    """)
            }
            _ = try position(id, in: stream)
        }
        let mark = reply.mark
        var served = 0
        for index in 0..<request.streamCount {
            let key = arguments[request.keyIndex(index)]
            guard let stream = try translating({ () throws(EngineError) in try partition.stream(key) }),
                let last = stream.value.lastEntryID
            else { continue }
            let position = try position(arguments[request.idIndex(index)], in: stream)
            guard last > position, let start = position.next else { continue }
            served += 1
            if reply.version < 3 { reply.array(2) }
            reply.bulk(key)
            reply.streamRange(stream, from: start, through: .max, limit: request.limit)
        }
        reply.endStreams(served, at: mark)
    }

    /// Behind which id a word says that entries are asked for.
    private static func position(_ word: RawSpan, in stream: Box<EntryStream>?) throws(CommandError) -> StreamID {
        if word.isCharacter("$") { return stream?.value.lastID ?? .zero }
        if word.isCharacter("+") { return stream?.value.lastEntryID?.previous ?? .zero }
        return try word.streamID()
    }
}

/// What XREAD and XREADGROUP are asked for.
struct ReadRequest {
    /// The most entries of each stream.
    private(set) var limit = Int.max
    /// Where the group's name stands, the consumer's behind it; 0 without.
    private(set) var groupIndex = 0
    /// Whether entries are to be acknowledged.
    private(set) var acknowledged = true
    private(set) var streamCount = 0
    private var firstKeyIndex = 0

    func keyIndex(_ index: Int) -> Int { firstKeyIndex + index }
    func idIndex(_ index: Int) -> Int { firstKeyIndex + streamCount + index }

    /// Errors are written.
    init(_ arguments: borrowing Arguments, ofGroup: Bool, _ reply: inout ReplyWriter) throws(CommandError) {
        var index = 1
        while index < arguments.count && streamCount == 0 {
            let word = arguments[index]
            let left = arguments.count - 1 - index
            index += 1
            if word.isWord("BLOCK") && left > 0 {
                try Self.checkTimeout(arguments[index], &reply)
                index += 1
            } else if word.isWord("COUNT") && left > 0 {
                let count = try arguments[index].integer()
                limit = count <= 0 ? .max : Int(count)
                index += 1
            } else if word.isWord("STREAMS") && left > 0 {
                guard left % 2 == 0 else {
                    throw reply.refusal(
                        """
                        ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.
                        """)
                }
                firstKeyIndex = index
                streamCount = left / 2
            } else if word.isWord("GROUP") && left > 1 {
                guard ofGroup else {
                    throw reply.refusal(
                        "ERR The GROUP option is only supported by XREADGROUP. You called XREAD instead.")
                }
                groupIndex = index
                index += 2
            } else if word.isWord("NOACK") {
                guard ofGroup else {
                    throw reply.refusal(
                        "ERR The NOACK option is only supported by XREADGROUP. You called XREAD instead.")
                }
                acknowledged = false
            } else {
                throw .syntax
            }
        }
        guard streamCount > 0 else { throw .syntax }
        if ofGroup && groupIndex == 0 { throw reply.refusal("ERR Missing GROUP option for XREADGROUP") }
    }

    private static func checkTimeout(_ word: RawSpan, _ reply: inout ReplyWriter) throws(CommandError) {
        guard let timeout = word.canonicalInteger else {
            throw reply.refusal("ERR timeout is not an integer or out of range")
        }
        if timeout < 0 { throw reply.refusal("ERR timeout is negative") }
    }
}

extension ReplyWriter {
    /// Puts the head before the streams that have been written since `mark`, or answers that there is none.
    mutating func endStreams(_ count: Int, at mark: Mark) {
        guard count > 0 else { return nullArray() }
        insertHead(version < 3 ? .array : .map, count: count, at: mark)
    }
}

extension Argument {
    static let streams = Argument(
        "streams", .block, token: "STREAMS",
        [Argument("key", .key, multiple: true), Argument("id", .string, multiple: true)])
}

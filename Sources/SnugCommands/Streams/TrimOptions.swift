internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// What XADD and XTRIM say of how a stream is trimmed.
struct TrimOptions {
    private(set) var bound: StreamBound?
    private var isApproximate = false
    /// The most entries that are removed, nil without the word.
    private var limit: Int64?

    /// Takes an option at `index` and returns the index behind it; nil when there is none. Errors are written.
    mutating func take(
        _ arguments: borrowing Arguments, at index: Int, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Int? {
        let left = arguments.count - 1 - index
        guard left > 0 else { return nil }
        let word = arguments[index]
        if word.isWord("LIMIT") {
            let count = try arguments[index + 1].integer()
            guard count >= 0 else { throw reply.refusal("ERR The LIMIT argument must be >= 0.") }
            limit = count
            return index + 2
        }
        let isCount = word.isWord("MAXLEN")
        guard isCount || word.isWord("MINID") else { return nil }
        guard bound == nil else {
            throw reply.refusal("ERR syntax error, MAXLEN and MINID options at the same time are not compatible")
        }
        var place = index + 1
        if left >= 2 && (arguments[place].isCharacter("~") || arguments[place].isCharacter("=")) {
            isApproximate = arguments[place].isCharacter("~")
            place += 1
        }
        if isCount {
            let count = try arguments[place].integer()
            guard count >= 0 else { throw reply.refusal("ERR The MAXLEN argument must be >= 0.") }
            bound = .count(count)
        } else {
            bound = .id(try arguments[place].streamID())
        }
        return place + 1
    }

    /// Complains about options that do not go together, or of none where one is `needed`.
    func check(needed: Bool, _ reply: inout ReplyWriter) throws(CommandError) {
        if let limit, limit > 0, bound == nil {
            throw reply.refusal(
                "ERR syntax error, LIMIT cannot be used without specifying a trimming strategy")
        }
        if needed && bound == nil {
            throw reply.refusal("ERR syntax error, XTRIM must be called with a trimming strategy")
        }
        if limit != nil && !isApproximate {
            throw reply.refusal("ERR syntax error, LIMIT cannot be used without the special ~ option")
        }
    }

    /// Trims the stream. Returns how many entries went.
    func trim(_ stream: Box<EntryStream>, _ limits: EncodingLimits) -> Int {
        guard let bound else { return 0 }
        return stream.value.trim(to: bound, wholeNodes: isApproximate, limit: limit ?? standardLimit(limits))
    }

    /// A hundred nodes' entries, within bounds, where only whole nodes go; otherwise there is no limit.
    private func standardLimit(_ limits: EncodingLimits) -> Int64 {
        guard isApproximate else { return 0 }
        let (entries, overflow) = Int64(limits.streamNodeEntriesMax).multipliedReportingOverflow(by: 100)
        if overflow || entries > 1_000_000 { return 1_000_000 }
        return entries <= 0 ? 10_000 : entries
    }
}

extension Argument {
    /// The options of XADD and XTRIM.
    static func trim(optional: Bool) -> Argument {
        Argument(
            "trim", .block, optional: optional,
            [
                Argument(
                    "strategy", .oneof, [.token("maxlen", "MAXLEN"), .token("minid", "MINID", since: "6.2.0")]),
                Argument("operator", .oneof, optional: true, [.token("equal", "="), .token("approximately", "~")]),
                Argument("threshold", .string),
                Argument("count", .integer, token: "LIMIT", since: "6.2.0", optional: true),
            ])
    }
}

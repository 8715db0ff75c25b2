internal import SnugEngine
internal import SnugMemory

/// What the log says of encodings.
///
///     hash "user:1:tags" in database 0 went from listpack to hashtable:
///     513 fields exceed hash-max-listpack-entries 512; client 127.0.0.1:51966, command hset;
///     41 more of the shape user:#:tags were left out before
struct FlipText {
    /// Most bytes of a key in a line, the note on those left out aside.
    static let keyByteCountMax = 64

    let event: EncodingEvent
    let cause: FlipCause
    /// `encoding-warn-percent`.
    let warnPercent: Int
    /// How many lines for the shape have been left out before this one.
    let leftOut: Int
    let hidesKey: Bool

    var line: String {
        var line = "\(typeName) \(key) in database \(event.database) "
        switch event.kind {
        case .changed: line += "went from \(event.from.name) to \(event.to.name): \(measured)"
        case .near: line += "is near to leaving \(event.from.name) for \(event.to.name): \(measured)"
        }
        line += cause.command.isEmpty ? "; as fields expired" : "; client \(cause.address), command \(cause.command)"
        if leftOut > 0 {
            line += "; " + Self.count(leftOut, of: event.shape, event.kind, hidesKey: hidesKey) + " left out before"
        }
        return line
    }

    /// The line that tells of those left out when no other comes.
    static func line(leftOut: LineLimiter.LeftOut, _ kind: EncodingEvent.Kind, hidesKey: Bool) -> String {
        let text = count(leftOut.count, of: leftOut.shape, kind, hidesKey: hidesKey)
        return "encodings: \(text) left out of the log"
    }

    /// "41 more of the shape user:#:tags were".
    private static func count(
        _ count: Int, of shape: [UInt8], _ kind: EncodingEvent.Kind, hidesKey: Bool
    ) -> String {
        let what = kind == .changed ? "more" : "more warnings"
        let name = hidesKey ? "" : " of the shape \(shown(shape))"
        return "\(count) \(what)\(name) \(count == 1 ? "was" : "were")"
    }

    private var typeName: String { "\(event.type.name)" }

    private var key: String {
        if hidesKey { return "(redacted)" }
        var text: [UInt8] = []
        let key = event.key
        MonitorLine.append(quoted: key.rawBytes.extracting(first: Self.keyByteCountMax), to: &text)
        let more = key.count - Self.keyByteCountMax
        return String(decoding: text, as: UTF8.self) + (more > 0 ? "... (\(more) more bytes)" : "")
    }

    /// A shape as it stands when it is printable, else quoted and without its marks.
    private static func shown(_ shape: [UInt8]) -> String {
        if shape.allSatisfy({ $0 > 32 && $0 < 127 }) { return String(decoding: shape, as: UTF8.self) }
        var text: [UInt8] = []
        MonitorLine.append(quoted: shape.rawBytes, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// "513 fields exceed hash-max-listpack-entries 512".
    private var measured: String {
        let (limit, value) = (event.reached.limit, event.reached.value)
        let words = event.type.elementWords
        let subject: String
        switch limit.measure {
        case .elements: subject = value == 1 ? "1 \(words.one)" : "\(value) \(words.several)"
        case .elementBytes: subject = "a \(words.longest) of \(value) byte\(value == 1 ? "" : "s")"
        case .bytes: subject = "\(value) bytes"
        }
        let setting = "\(limit.name) \(event.reached.setting)"
        if event.kind == .near { return "\(subject), at least \(warnPercent) % of \(setting)" }
        let isOne = limit.measure == .elementBytes || value == 1
        if value > event.reached.setting { return "\(subject) exceed\(isOne ? "s" : "") \(setting)" }
        // A list comes back with half of its limit, as in Redis.
        let share = event.type == .list ? "at most" : "below"
        return "\(subject) \(isOne ? "is" : "are") \(share) half of \(setting)"
    }
}

extension ValueType {
    /// What a value of the type consists of: one, several, and what may be too long.
    fileprivate var elementWords: (one: String, several: String, longest: String) {
        switch self {
        case .hash: ("field", "fields", "field or value")
        case .set, .sortedSet: ("member", "members", "member")
        case .list: ("element", "elements", "element")
        case .stream: ("entry", "entries", "entry")
        case .string: ("string", "strings", "string")
        }
    }
}

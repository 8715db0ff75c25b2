/// Reads replies from bytes that come in parts. `fill` is asked for more whenever a reply is not whole yet.
///
///     buffer:  |..read..|head → unread bytes → tail|..room..|
///
/// I1  0 ≤ head ≤ tail ≤ buffer.count; what lies before `head` has been read and makes room when more is fetched.
/// A server is not trusted: lengths are bounded, nesting too, and whatever is not RESP is an error, not a trap.
package struct ReplyReader {
    private static let bulkByteCountMax = 512 << 20
    private static let lineByteCountMax = 1 << 20
    private static let elementCountMax = 1 << 20
    private static let depthMax = 8

    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var head = 0
    private var tail = 0

    package init() {}

    /// Puts bytes into the buffer from the offset on, at least one, and returns how many.
    package typealias Fill = (inout [UInt8], Int) throws(ClientError) -> Int

    /// The next reply, whatever it is.
    package mutating func read(_ fill: Fill) throws(ClientError) -> Reply { try read(depth: 0, fill) }

    /// Steps over the next reply, which is made into no value. Gives its text when it is an error.
    package mutating func skip(_ fill: Fill) throws(ClientError) -> String? {
        let (start, end) = try line(fill)
        switch buffer[start] {
        case UInt8(ascii: "+"), UInt8(ascii: ":"): return nil
        case UInt8(ascii: "-"): return String(decoding: buffer[(start + 1)..<end], as: UTF8.self)
        case UInt8(ascii: "$"):
            let byteCount = try number(start + 1, end, max: Self.bulkByteCountMax)
            if byteCount >= 0 { try step(byteCount, fill) }
            return nil
        default:
            head = start
            if case .error(let text) = try read(depth: 0, fill) { return text }
            return nil
        }
    }

    private mutating func read(depth: Int, _ fill: Fill) throws(ClientError) -> Reply {
        let (start, end) = try line(fill)
        let text = buffer[(start + 1)..<end]
        switch buffer[start] {
        case UInt8(ascii: "+"): return .simple(String(decoding: text, as: UTF8.self))
        case UInt8(ascii: "-"): return .error(String(decoding: text, as: UTF8.self))
        case UInt8(ascii: ":"): return .integer(try number(start + 1, end, max: .max))
        case UInt8(ascii: "_"): return .null
        case UInt8(ascii: "$"):
            let byteCount = try number(start + 1, end, max: Self.bulkByteCountMax)
            guard byteCount >= 0 else { return .null }
            try step(byteCount, fill)
            return .bulk(Array(buffer[(head - byteCount - 2)..<(head - 2)]))
        case UInt8(ascii: "*"):
            let count = try number(start + 1, end, max: Self.elementCountMax)
            guard count >= 0 else { return .null }
            guard depth < Self.depthMax else { throw .notRESP("a reply is nested too deeply") }
            var elements: [Reply] = []
            for _ in 0..<count { elements.append(try read(depth: depth + 1, fill)) }
            return .array(elements)
        default: throw .notRESP("a reply began with '\(Self.shown(buffer[start..<end]))'")
        }
    }

    /// The next line without its end, as a range of the buffer, and steps over it. It is not empty.
    private mutating func line(_ fill: Fill) throws(ClientError) -> (start: Int, end: Int) {
        var at = head
        while true {
            while at + 1 < tail {
                if buffer[at] == 13 && buffer[at + 1] == 10 {
                    guard at > head else { throw .notRESP("a reply began with an empty line") }
                    defer { head = at + 2 }
                    return (head, at)
                }
                at += 1
            }
            if head < tail, !Self.marks.contains(buffer[head]) {
                throw .notRESP("a reply began with '\(Self.shown(buffer[head..<tail]))'")
            }
            guard tail - head <= Self.lineByteCountMax else { throw .notRESP("a line has no end") }
            let seen = at - head
            try fetch(fill)
            at = head + seen
        }
    }

    private static let marks = Array("+-:$*_".utf8)

    /// Steps over so many bytes and the line's end behind them.
    private mutating func step(_ byteCount: Int, _ fill: Fill) throws(ClientError) {
        while tail - head < byteCount + 2 { try fetch(fill) }
        head += byteCount + 2
        guard buffer[head - 2] == 13, buffer[head - 1] == 10 else { throw .notRESP("a string has not the length said") }
    }

    private mutating func fetch(_ fill: Fill) throws(ClientError) {
        if head == tail {
            head = 0
            tail = 0
        } else if tail == buffer.count, head > 0 {
            buffer.replaceSubrange(0..<(tail - head), with: Array(buffer[head..<tail]))
            tail -= head
            head = 0
        }
        if tail == buffer.count { buffer.append(contentsOf: [UInt8](repeating: 0, count: buffer.count)) }
        tail += try fill(&buffer, tail)
    }

    private func number(_ start: Int, _ end: Int, max: Int) throws(ClientError) -> Int {
        var index = start
        let isNegative = index < end && buffer[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        guard index < end else { throw .notRESP("a number without digits") }
        var value = 0
        while index < end {
            let digit = buffer[index] &- 48
            guard digit < 10 else { throw .notRESP("a number with '\(Self.shown(buffer[start..<end]))'") }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, more) = product.addingReportingOverflow(Int(digit))
            guard !overflow, !more else { throw .notRESP("a number is too large") }
            value = sum
            index += 1
        }
        guard value <= max else { throw .notRESP("a length of \(value)") }
        return isNegative ? -value : value
    }

    /// A few bytes for a sentence, without what a terminal could take for a command.
    private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix(24).map { (32..<127).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}

package import SnugMemory

/// Writes replies in RESP2 or RESP3 into a buffer of its own. One writer serves all connections of an event loop: it is
/// filled by the commands of one read, handed to the socket, and emptied.
///
/// Each method writes one reply or the head of one; a head is followed by as many replies as it announces (twice as
/// many for a map). Where the two protocols differ the writer chooses, so that a command is written once.
package struct ReplyWriter: ~Copyable {
    private let staysInPlace = StaysInPlace()
    package var buffer: GrowableBytes
    /// 2 or 3.
    package var version = 2
    /// How many errors have been written since the writer was made, for the count of failed calls.
    package private(set) var errorCount = 0
    /// Where the last error's text starts, behind its dash.
    package private(set) var lastErrorOffset = 0

    package init(capacity: Int = 0) {
        buffer = GrowableBytes(capacity: capacity)
    }

    @inlinable
    package var byteCount: Int { buffer.count }

    /// Bytes that the buffer holds, written or not.
    package var capacity: Int { buffer.capacity }

    /// Calls `body` with all that has been written.
    package func withBytes<Result>(_ body: (RawSpan) -> Result) -> Result {
        body(buffer.bytes)
    }

    // MARK: Simple replies

    /// `+text`
    @inlinable
    package mutating func simple(_ text: StaticString) {
        buffer.append(UInt8(ascii: "+"))
        buffer.append(text)
        endLine()
    }

    /// `+text`; the text must hold no line end.
    @_disfavoredOverload
    package mutating func simple(_ text: String) {
        buffer.append(UInt8(ascii: "+"))
        buffer.append(text)
        endLine()
    }

    @inlinable
    package mutating func ok() {
        buffer.append("+OK\r\n")
    }

    /// `:value`
    @inlinable
    package mutating func integer(_ value: Int64) {
        buffer.append(UInt8(ascii: ":"))
        buffer.append(decimal: value)
        endLine()
    }

    @inlinable
    package mutating func integer(_ value: Int) {
        integer(Int64(value))
    }

    /// `:1` or `:0`
    package mutating func integer(_ value: Bool) {
        buffer.append(value ? ":1\r\n" : ":0\r\n")
    }

    // MARK: Errors

    package mutating func error(_ error: ReplyError) {
        guard error != .written else { return }
        beginError()
        buffer.append(error.text)
        endLine()
    }

    package mutating func error(_ text: StaticString) {
        beginError()
        buffer.append(text)
        endLine()
    }

    /// An error whose text holds something from the request: line ends become blanks.
    package mutating func error(_ text: String) {
        beginError()
        for byte in text.utf8 { buffer.append(byte == 13 || byte == 10 ? 32 : byte) }
        endLine()
    }

    /// As `error(_: String)`, for text with bytes that need not be UTF-8.
    package mutating func error(bytes: [UInt8]) {
        beginError()
        for byte in bytes { buffer.append(byte == 13 || byte == 10 ? 32 : byte) }
        endLine()
    }

    /// An error that does not count as one, as DEBUG ERROR gives it: line ends become blanks.
    package mutating func uncountedError(bytes: [UInt8]) {
        let (count, offset) = (errorCount, lastErrorOffset)
        error(bytes: bytes)
        (errorCount, lastErrorOffset) = (count, offset)
    }

    private mutating func beginError() {
        buffer.append(UInt8(ascii: "-"))
        errorCount &+= 1
        lastErrorOffset = buffer.count
    }

    /// The first word of the last error, such as "WRONGTYPE".
    package var lastErrorPrefix: String {
        var end = lastErrorOffset
        let bytes = buffer.bytes
        while end < bytes.byteCount && bytes[end] > 32 { end += 1 }
        return bytes.slice(from: lastErrorOffset, count: end - lastErrorOffset).makeString()
    }

    /// The last error without its dash and line end. Only while nothing has been written behind it.
    package var lastErrorText: [UInt8] {
        let end = max(lastErrorOffset, buffer.count - 2)
        return buffer.bytes.slice(from: lastErrorOffset, count: end - lastErrorOffset).makeArray()
    }

    // MARK: Strings

    /// `$count` and the bytes.
    @inlinable
    package mutating func bulk(_ bytes: RawSpan) {
        bulkHead(bytes.byteCount)
        buffer.append(bytes)
        endLine()
    }

    package mutating func bulk(_ text: StaticString) {
        bulkHead(text.utf8CodeUnitCount)
        buffer.append(text)
        endLine()
    }

    package mutating func bulk(_ text: String) {
        bulkHead(text.utf8.count)
        buffer.append(text)
        endLine()
    }

    package mutating func bulk(_ bytes: [UInt8]) {
        bulk(bytes.rawBytes)
    }

    /// An integer as a bulk string.
    @inlinable
    package mutating func bulk(decimal value: Int64) {
        bulkHead(decimalByteCount(value))
        buffer.append(decimal: value)
        endLine()
    }

    /// Text for people: a verbatim string (`=…txt:`) in RESP3, a bulk string in RESP2.
    package mutating func verbatim(_ text: String, format: StaticString = "txt") {
        guard version >= 3 else { return bulk(text) }
        buffer.append(UInt8(ascii: "="))
        buffer.append(decimal: Int64(text.utf8.count + 4))
        endLine()
        buffer.append(format)
        buffer.append(UInt8(ascii: ":"))
        buffer.append(text)
        endLine()
    }

    @inlinable
    package mutating func bulkHead(_ byteCount: Int) {
        buffer.append(UInt8(ascii: "$"))
        buffer.append(decimal: Int64(byteCount))
        endLine()
    }

    // MARK: Nothing

    /// `_` in RESP3, `$-1` in RESP2.
    package mutating func null() {
        buffer.append(version >= 3 ? "_\r\n" : "$-1\r\n")
    }

    /// `_` in RESP3, `*-1` in RESP2.
    package mutating func nullArray() {
        buffer.append(version >= 3 ? "_\r\n" : "*-1\r\n")
    }

    // MARK: Heads

    @inlinable
    package mutating func array(_ count: Int) {
        head(UInt8(ascii: "*"), count)
    }

    /// `%count` in RESP3, `*2·count` in RESP2; `count` pairs follow.
    package mutating func map(_ count: Int) {
        if version >= 3 { head(UInt8(ascii: "%"), count) } else { head(UInt8(ascii: "*"), count * 2) }
    }

    /// `~count` in RESP3, `*count` in RESP2.
    package mutating func set(_ count: Int) {
        head(version >= 3 ? UInt8(ascii: "~") : UInt8(ascii: "*"), count)
    }

    /// `>count` in RESP3, `*count` in RESP2.
    package mutating func push(_ count: Int) {
        head(version >= 3 ? UInt8(ascii: ">") : UInt8(ascii: "*"), count)
    }

    @usableFromInline
    package mutating func head(_ type: UInt8, _ count: Int) {
        buffer.append(type)
        buffer.append(decimal: Int64(count))
        endLine()
    }

    /// Where an aggregate begins whose count is known only when its elements have been written.
    package struct Mark {
        let offset: Int
    }

    package var mark: Mark { Mark(offset: buffer.count) }

    package enum Aggregate { case array, map, set }

    /// Puts the head of an aggregate of `count` elements (pairs for a map) before what has been written since `mark`.
    /// Moves those bytes once.
    package mutating func insertHead(_ aggregate: Aggregate, count: Int, at mark: Mark) {
        var writer = ReplyWriter(capacity: 32)
        writer.version = version
        switch aggregate {
        case .array: writer.array(count)
        case .map: writer.map(count)
        case .set: writer.set(count)
        }
        insert(writer.buffer.bytes, at: mark)
    }

    /// Puts bytes that are part of a reply before what has been written since `mark`. Moves those bytes once.
    package mutating func insert(_ bytes: RawSpan, at mark: Mark) {
        buffer.replace(at: mark.offset, removing: 0, with: bytes)
        if lastErrorOffset >= mark.offset { lastErrorOffset += bytes.byteCount }
    }

    /// Takes back all that has been written since `mark`.
    package mutating func rollBack(to mark: Mark) {
        buffer.truncate(to: mark.offset)
    }

    // MARK: Other RESP3 types

    /// `,value` in RESP3, a bulk string in RESP2; written as Redis writes doubles (17 significant digits, `inf`,
    /// `nan`).
    package mutating func double(_ value: Double) {
        let text = formatDouble(value)
        guard version >= 3 else { return bulk(text) }
        buffer.append(UInt8(ascii: ","))
        buffer.append(text)
        endLine()
    }

    /// A number that has been written out: `,text` in RESP3, a bulk string in RESP2.
    package mutating func number(_ text: RawSpan) {
        guard version >= 3 else { return bulk(text) }
        buffer.append(UInt8(ascii: ","))
        buffer.append(text)
        endLine()
    }

    /// `#t` and `#f` in RESP3, `:1` and `:0` in RESP2.
    package mutating func boolean(_ value: Bool) {
        guard version >= 3 else { return integer(value) }
        buffer.append(value ? "#t\r\n" : "#f\r\n")
    }

    /// `(digits` in RESP3, a bulk string in RESP2.
    package mutating func bigNumber(_ digits: StaticString) {
        guard version >= 3 else { return bulk(digits) }
        buffer.append(UInt8(ascii: "("))
        buffer.append(digits)
        endLine()
    }

    /// `|count`: `count` pairs of attributes follow, and then the reply that they belong to. RESP3 only.
    package mutating func attribute(_ count: Int) {
        head(UInt8(ascii: "|"), count)
    }

    @inlinable
    package mutating func endLine() {
        buffer.append("\r\n")
    }

    /// Forgets what was written; keeps up to `limit` bytes of memory.
    package mutating func reset(keepingAtMost limit: Int) {
        buffer.removeAll(keepingAtMost: limit)
        lastErrorOffset = 0
    }
}

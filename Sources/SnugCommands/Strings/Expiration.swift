internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// The words of SET and GETEX that say when a key expires: EX, PX, EXAT, PXAT and the number behind them.
struct Expiration {
    enum Unit {
        case seconds, milliseconds, secondsSince1970, millisecondsSince1970

        init?(_ word: RawSpan) {
            if word.isWord("EX") {
                self = .seconds
            } else if word.isWord("PX") {
                self = .milliseconds
            } else if word.isWord("EXAT") {
                self = .secondsSince1970
            } else if word.isWord("PXAT") {
                self = .millisecondsSince1970
            } else {
                return nil
            }
        }

        var isInSeconds: Bool { self == .seconds || self == .secondsSince1970 }
        var isRelative: Bool { self == .seconds || self == .milliseconds }
    }

    let unit: Unit
    /// Nil when the word is no integer, which is told when the options have been read.
    let number: Int64?

    init(_ unit: Unit, _ word: RawSpan) {
        self.unit = unit
        number = word.canonicalInteger
    }

    /// Reads the option at `index`, which moves to its number, into `expiration`; the same unit may be given again.
    /// Throws `syntax` when the word is none of the four.
    static func read(
        _ arguments: borrowing Arguments, _ index: inout Int, into expiration: inout Expiration?
    ) throws(CommandError) {
        guard let unit = Unit(arguments[index]), index + 1 < arguments.count else { throw .syntax }
        if let former = expiration, former.unit != unit { throw .syntax }
        index += 1
        expiration = Expiration(unit, arguments[index])
    }

    /// The time, milliseconds since 1970. Throws `notInteger`, and writes the error that names `command` (in lower
    /// case) when the number is not above 0 or too large.
    func milliseconds(
        now: Int64, of command: StaticString, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Int64 {
        guard let number else { throw .notInteger }
        guard number > 0, let time = unit.milliseconds(number, now: now) else {
            throw reply.invalidExpireTime(of: command)
        }
        return time
    }
}

extension Expiration.Unit {
    /// `number` of this unit in milliseconds since 1970, or nil beyond the range of `Int64`.
    func milliseconds(_ number: Int64, now: Int64) -> Int64? {
        let (scaled, overflow) = number.multipliedReportingOverflow(by: isInSeconds ? 1000 : 1)
        if overflow { return nil }
        guard isRelative else { return scaled }
        let (time, overflowToo) = scaled.addingReportingOverflow(now)
        return overflowToo ? nil : time
    }
}

extension ReplyWriter {
    /// Writes that a number gives no time at which a key could expire. `command` in lower case.
    mutating func invalidExpireTime(of command: StaticString) -> CommandError {
        error("ERR invalid expire time in '\(command)' command")
        return .written
    }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Ids as people write them: `1700000000000-0`.
///
/// Redis reads the two numbers with the C library, after a first attempt of its own. So blanks, a plus, leading zeros,
/// and a minus that wraps are taken where the first attempt fails, and a zero byte ends the text.
extension RawSpan {
    /// The id that the text says. `missing` is the sequence of one without. `+` and `-` are the last and the first id
    /// where `takesEnds`. Throws `invalidStreamID`.
    func streamID(missing: UInt64 = 0, takesEnds: Bool = false) throws(CommandError) -> StreamID {
        if takesEnds && byteCount == 1 {
            if self[0] == UInt8(ascii: "-") { return .zero }
            if self[0] == UInt8(ascii: "+") { return .max }
        }
        let parts = try streamIDParts()
        guard parts.sequence.lowerBound > 0 else {
            return StreamID(milliseconds: parts.milliseconds, sequence: missing)
        }
        guard let number = extracting(parts.sequence).unsignedNumber else { throw .invalidStreamID }
        return StreamID(milliseconds: parts.milliseconds, sequence: number)
    }

    /// The id that the text says, of which XADD may have to find the sequence.
    func requestedStreamID() throws(CommandError) -> RequestedID {
        let parts = try streamIDParts()
        guard parts.sequence.lowerBound > 0 else {
            return .whole(StreamID(milliseconds: parts.milliseconds, sequence: 0))
        }
        let sequence = extracting(parts.sequence)
        if sequence.byteCount == 1 && sequence[0] == UInt8(ascii: "*") { return .milliseconds(parts.milliseconds) }
        guard let number = sequence.unsignedNumber else { throw .invalidStreamID }
        return .whole(StreamID(milliseconds: parts.milliseconds, sequence: number))
    }

    /// The number before the first minus, and where the text behind it lies; at 0 when there is no minus.
    private func streamIDParts() throws(CommandError) -> (milliseconds: UInt64, sequence: Range<Int>) {
        guard byteCount <= 127 else { throw .invalidStreamID }
        var dash = 0
        while dash < byteCount && self[dash] != UInt8(ascii: "-") && self[dash] != 0 { dash += 1 }
        guard let milliseconds = extracting(first: dash).unsignedNumber else { throw .invalidStreamID }
        guard dash < byteCount && self[dash] != 0 else { return (milliseconds, 0..<0) }
        var end = dash + 1
        while end < byteCount && self[end] != 0 { end += 1 }
        return (milliseconds, dash + 1..<end)
    }

    /// The end of a range and whether it is exclusive, which a `(` says.
    func streamIDEnd(missing: UInt64) throws(CommandError) -> (id: StreamID, isExclusive: Bool) {
        guard byteCount > 1 && self[0] == UInt8(ascii: "(") else {
            return (try streamID(missing: missing, takesEnds: true), false)
        }
        return (try extracting(droppingFirst: 1).streamID(missing: missing), true)
    }

    /// Whether the text is a single character.
    func isCharacter(_ character: Unicode.Scalar) -> Bool {
        byteCount > 0 && self[0] == UInt8(ascii: character) && (byteCount == 1 || self[1] == 0)
    }

    /// A number as the C library reads it.
    fileprivate var unsignedNumber: UInt64? {
        if let integer = canonicalInteger { return UInt64(exactly: integer) }
        var offset = 0
        while offset < byteCount && (self[offset] == 32 || self[offset] >= 9 && self[offset] <= 13) { offset += 1 }
        guard offset < byteCount else { return nil }
        let isNegative = self[offset] == UInt8(ascii: "-")
        if isNegative || self[offset] == UInt8(ascii: "+") { offset += 1 }
        guard offset < byteCount else { return nil }
        var number: UInt64 = 0
        while offset < byteCount {
            let digit = self[offset] &- 48
            guard digit <= 9 else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            if overflow || carry { return nil }
            number = sum
            offset += 1
        }
        return isNegative ? 0 &- number : number
    }
}

/// What XADD is asked to give an entry.
enum RequestedID {
    /// The time of the command, and the next sequence.
    case automatic
    /// The next sequence of a millisecond.
    case milliseconds(UInt64)
    case whole(StreamID)

    /// The id that an entry gets which comes behind `last`, or nil when there is none.
    func id(after last: StreamID, now: Int64) -> StreamID? {
        switch self {
        case .automatic:
            let now = UInt64(max(now, 0))
            return now > last.milliseconds ? StreamID(milliseconds: now, sequence: 0) : last.next
        case .milliseconds(let milliseconds):
            guard milliseconds == last.milliseconds else {
                return milliseconds > last.milliseconds ? StreamID(milliseconds: milliseconds, sequence: 0) : nil
            }
            return last.sequence == .max ? nil : last.next
        case .whole(let id): return id > last ? id : nil
        }
    }
}

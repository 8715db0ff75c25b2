internal import SnugMemory

/// A pattern as KEYS, SCAN and others take it, with Redis's reading of every corner:
///
///     *        any bytes, also none          ?       one byte
///     [abc]    one of these bytes            [^abc]  one byte that is none of these
///     [a-z]    one byte of a range, whose ends may be in either order; bytes above 127 count as below 0
///     \x       the byte x
///
/// A class that is not closed ends with the pattern. An empty string matches the empty pattern alone.
///
/// Each `*` takes as little as possible, and only the last one met is ever made to take more: what stands before it has
/// been matched as early as can be, so that taking more there could not help. The work is bounded by the product of
/// both byte counts, whatever the pattern.
package struct GlobPattern: ~Escapable {
    private let pattern: RawSpan
    private let ignoresCase: Bool

    @_lifetime(copy pattern)
    package init(_ pattern: RawSpan, ignoringCase: Bool = false) {
        self.pattern = pattern
        ignoresCase = ignoringCase
    }

    /// Whether the pattern is a single `*`, which commands take for everything, the empty string included.
    package var isStar: Bool { pattern.byteCount == 1 && pattern[0] == UInt8(ascii: "*") }

    /// Whether all of `text` matches.
    package func matches(_ text: RawSpan) -> Bool {
        guard text.byteCount > 0 else { return pattern.byteCount == 0 }
        var place = 0
        var offset = 0
        /// Behind the last `*`, and where in the text its bytes end.
        var restart: (place: Int, offset: Int)?
        while offset < text.byteCount {
            if place < pattern.byteCount {
                if pattern[place] == UInt8(ascii: "*") {
                    place = endOfStars(from: place)
                    if place == pattern.byteCount { return true }
                    restart = (place, offset)
                    continue
                }
                let (isMatch, next) = matchOne(text[offset], at: place)
                if isMatch {
                    place = next
                    offset += 1
                    continue
                }
            }
            guard let (behindStar, end) = restart else { return false }
            restart = (behindStar, end + 1)
            place = behindStar
            offset = end + 1
        }
        return endOfStars(from: place) == pattern.byteCount
    }

    private func endOfStars(from place: Int) -> Int {
        var place = place
        while place < pattern.byteCount && pattern[place] == UInt8(ascii: "*") { place += 1 }
        return place
    }

    /// Whether `byte` matches what stands at `place`, which is not `*`, and where the pattern goes on.
    private func matchOne(_ byte: UInt8, at place: Int) -> (isMatch: Bool, next: Int) {
        switch pattern[place] {
        case UInt8(ascii: "?"): return (true, place + 1)
        case UInt8(ascii: "["): return matchClass(byte, at: place + 1)
        case UInt8(ascii: "\\") where place + 1 < pattern.byteCount:
            return (folded(pattern[place + 1]) == folded(byte), place + 2)
        default: return (folded(pattern[place]) == folded(byte), place + 1)
        }
    }

    /// As `matchOne`, for the class whose first byte stands at `start`.
    private func matchClass(_ byte: UInt8, at start: Int) -> (isMatch: Bool, next: Int) {
        var place = start
        let isNegated = place < pattern.byteCount && pattern[place] == UInt8(ascii: "^")
        if isNegated { place += 1 }
        var isMember = false
        while place < pattern.byteCount && pattern[place] != UInt8(ascii: "]") {
            let left = pattern.byteCount - place
            if pattern[place] == UInt8(ascii: "\\") && left >= 2 {
                if pattern[place + 1] == byte { isMember = true }
                place += 2
            } else if left >= 3 && pattern[place + 1] == UInt8(ascii: "-") {
                if isInRange(byte, pattern[place], pattern[place + 2]) { isMember = true }
                place += 3
            } else {
                if folded(pattern[place]) == folded(byte) { isMember = true }
                place += 1
            }
        }
        return (isMember != isNegated, min(place + 1, pattern.byteCount))
    }

    private func isInRange(_ byte: UInt8, _ first: UInt8, _ second: UInt8) -> Bool {
        // Which end is the lower one is judged before letters are folded.
        let isAscending = Int8(bitPattern: first) <= Int8(bitPattern: second)
        let start = Int8(bitPattern: folded(isAscending ? first : second))
        let end = Int8(bitPattern: folded(isAscending ? second : first))
        let value = Int8(bitPattern: folded(byte))
        return start <= value && value <= end
    }

    private func folded(_ byte: UInt8) -> UInt8 { ignoresCase ? byte.asciiLowercased : byte }
}

internal import SnugMemory

/// Redis's glob patterns over names of directives, without regard to case. To be replaced by the engine's, which keys
/// are matched with.
enum Glob {
    static func hasSpecialCharacters(_ pattern: [UInt8]) -> Bool {
        pattern.contains { "*?[".utf8.contains($0) }
    }

    /// Whether all of `text` matches. Goes back to the last star only, so the cost is at most their product.
    static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
        var (at, offset) = (0, 0)
        var star: (at: Int, offset: Int)?
        while offset < text.count {
            if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
                star = (at, offset)
                at += 1
            } else if let next = step(pattern, at, text[offset]) {
                at = next
                offset += 1
            } else if let last = star {
                at = last.at + 1
                offset = last.offset + 1
                star = (last.at, offset)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// Where the pattern goes on when its element at `at` takes `byte`; nil when it does not.
    private static func step(_ pattern: [UInt8], _ at: Int, _ byte: UInt8) -> Int? {
        guard at < pattern.count else { return nil }
        switch pattern[at] {
        case UInt8(ascii: "?"): return at + 1
        case UInt8(ascii: "["): return stepClass(pattern, at + 1, byte.asciiLowercased)
        case UInt8(ascii: "\\") where at + 1 < pattern.count:
            return pattern[at + 1].asciiLowercased == byte.asciiLowercased ? at + 2 : nil
        default: return pattern[at].asciiLowercased == byte.asciiLowercased ? at + 1 : nil
        }
    }

    /// A class such as `[a-z]` or `[^xy]`; one that is not closed goes to the pattern's end.
    private static func stepClass(_ pattern: [UInt8], _ start: Int, _ byte: UInt8) -> Int? {
        var at = start
        let isNegated = at < pattern.count && pattern[at] == UInt8(ascii: "^")
        if isNegated { at += 1 }
        var isInside = false
        while at < pattern.count, pattern[at] != UInt8(ascii: "]") {
            if pattern[at] == UInt8(ascii: "\\"), at + 1 < pattern.count { at += 1 }
            let low = pattern[at].asciiLowercased
            if at + 2 < pattern.count, pattern[at + 1] == UInt8(ascii: "-") {
                let high = pattern[at + 2].asciiLowercased
                if min(low, high) <= byte && byte <= max(low, high) { isInside = true }
                at += 3
            } else {
                if low == byte { isInside = true }
                at += 1
            }
        }
        return isInside != isNegated ? min(at + 1, pattern.count) : nil
    }
}

import SnugMemory
import Testing

@testable import SnugCommands

@Suite struct GlobPatternTests {
    private func matches(_ pattern: String, _ text: String, ignoringCase: Bool = false) -> Bool {
        matches(Array(pattern.utf8), Array(text.utf8), ignoringCase: ignoringCase)
    }

    private func matches(_ pattern: [UInt8], _ text: [UInt8], ignoringCase: Bool = false) -> Bool {
        GlobPattern(pattern.rawBytes, ignoringCase: ignoringCase).matches(text.rawBytes)
    }

    @Test(arguments: [
        ("", "", true), ("", "a", false), ("a", "", false), ("a", "a", true), ("a", "b", false), ("a", "aa", false),
        ("*", "", false), ("**", "", false), ("*", "a", true), ("**", "abc", true), ("a*", "a", true),
        ("a**", "a", true), ("*a", "a", true), ("*a", "bcda", true), ("*a", "ab", false), ("a*c", "abbbc", true),
        ("a*c", "ac", true), ("a*c", "acb", false), ("*a*b*", "xaxbx", true), ("*a*b*", "xbxax", false),
        ("?", "a", true), ("?", "", false), ("?*", "a", true), ("*?", "a", true), ("*??", "a", false),
        ("h?llo", "hello", true), ("h?llo", "hllo", false), ("*.txt", "a.txt.txt", true),
    ])
    func starsAndMarks(pattern: String, text: String, expected: Bool) {
        #expect(matches(pattern, text) == expected)
    }

    @Test(arguments: [
        ("[abc]", "b", true), ("[abc]", "d", false), ("[^abc]", "b", false), ("[^abc]", "d", true),
        ("[a-c]x", "bx", true), ("[c-a]x", "bx", true), ("[a-c]x", "dx", false), ("[^a-c]", "b", false),
        ("[]", "a", false), ("[]a]", "a", false), ("[^]", "a", true), ("[^]a", "ba", true), ("[", "a", false),
        ("[", "[", false), ("[^", "a", true), ("[a", "a", true), ("[a", "b", false), ("[a-", "-", true),
        ("[a-]", "b", false), ("[a-]", "^", true), ("[-a]", "-", true), ("[a\\]b]", "]", true), ("[\\", "\\", true),
        ("[a-z-9]", "-", true), ("*[0-9]", "key7", true), ("[[]", "[", true), ("[*]", "*", true), ("[*]", "a", false),
    ])
    func classes(pattern: String, text: String, expected: Bool) {
        #expect(matches(pattern, text) == expected)
    }

    @Test(arguments: [
        ("\\*", "*", true), ("\\*", "a", false), ("\\a", "a", true), ("\\\\", "\\", true), ("\\", "\\", true),
        ("a\\", "a\\", true), ("\\[a]", "[a]", true), ("*\\?", "what?", true), ("*\\?", "whats", false),
    ])
    func escapes(pattern: String, text: String, expected: Bool) {
        #expect(matches(pattern, text) == expected)
    }

    @Test(arguments: [
        ("ABC", "abc", true), ("a[B-D]e", "aCe", true), ("a[b-d]e", "ACE", true), ("[^B]", "b", false),
        ("\\A", "a", true), ("[\\A]", "a", false),
    ])
    func withoutCase(pattern: String, text: String, expected: Bool) {
        #expect(matches(pattern, text, ignoringCase: true) == expected)
    }

    @Test func bytesAbove127CountAsNegative() {
        let pattern: [UInt8] = [91, 97, 45, 255, 93]  // [a-\xff]: from -1 to 97
        #expect(matches(pattern, [5]) && matches(pattern, [255]) && !matches(pattern, [200]))
    }

    /// Would take longer than the universe if each star were tried at every place.
    @Test func manyStarsCostNoMoreThanTheProductOfTheLengths() {
        let pattern = Array(String(repeating: "a*", count: 500).utf8) + [98]
        let text = [UInt8](repeating: 97, count: 2000)
        #expect(!matches(pattern, text))
    }

    /// All patterns and texts of a few symbols against the plainest of matchers.
    @Test func agreesWithAPlainMatcher() {
        let symbols: [UInt8] = Array("ab*?".utf8)
        var patterns: [[UInt8]] = [[]]
        var all = patterns
        for _ in 0..<5 {
            patterns = patterns.flatMap { pattern in symbols.map { pattern + [$0] } }
            all += patterns
        }
        var texts: [[UInt8]] = [[]]
        var allTexts = texts
        for _ in 0..<4 {
            texts = texts.flatMap { text in symbols.prefix(2).map { text + [$0] } }
            allTexts += texts
        }
        var wrong: [String] = []
        for pattern in all {
            for text in allTexts where !text.isEmpty {
                if GlobPattern(pattern.rawBytes).matches(text.rawBytes) != plainlyMatches(pattern[...], text[...]) {
                    wrong.append(String(decoding: pattern + [32] + text, as: UTF8.self))
                }
            }
        }
        #expect(wrong == [])
    }

    private func plainlyMatches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == UInt8(ascii: "*") {
            return plainlyMatches(pattern.dropFirst(), text)
                || !text.isEmpty && plainlyMatches(pattern, text.dropFirst())
        }
        guard let byte = text.first, first == UInt8(ascii: "?") || first == byte else { return false }
        return plainlyMatches(pattern.dropFirst(), text.dropFirst())
    }
}

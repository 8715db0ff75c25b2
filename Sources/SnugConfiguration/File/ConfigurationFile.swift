internal import SnugMemory
internal import SnugRESP

/// The format of redis.conf: one directive a line, words by `InlineSplitter`'s quoting rules, lines that begin with `#`
/// are comments.
package enum ConfigurationFile {
    /// The lines of `bytes` that say something. Total: any bytes give lines or an error, and the cost is linear.
    package static func parse(
        _ bytes: [UInt8], origin: String
    ) -> Result<[ConfigurationLine], ConfigurationError> {
        var lines: [ConfigurationLine] = []
        for (index, line) in split(bytes).enumerated() {
            switch words(of: line) {
            case .some(let words) where words.isEmpty: continue
            case .some(let words):
                lines.append(
                    ConfigurationLine(origin: origin, number: index + 1, words: words, text: displayed(line)))
            case nil:
                return .failure(
                    ConfigurationError(
                        origin: origin, line: index + 1, text: displayed(line),
                        reason: "a quote is not closed, or something follows a closing quote without a blank"))
            }
        }
        return .success(lines)
    }

    /// The words of one line: none for a comment or an empty line, nil when quotes are unbalanced.
    static func words(of line: ArraySlice<UInt8>) -> [[UInt8]]? {
        let line = trimmed(line)
        guard let first = line.first, first != UInt8(ascii: "#") else { return [] }
        return InlineSplitter.words(of: Array(line).rawBytes)
    }

    /// The lines without their ends. A last line end ends a line and begins none.
    static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 || byte == 10 }
        var line = line.drop(while: isBlank)
        while let last = line.last, isBlank(last) { line.removeLast() }
        return line
    }

    /// A line for messages: without blanks around it, and not endless.
    private static func displayed(_ line: ArraySlice<UInt8>) -> String {
        let line = trimmed(line)
        let text = String(decoding: line.prefix(200), as: UTF8.self)
        return line.count > 200 ? text + "…" : text
    }
}

internal import SnugMemory
internal import SnugRESP

/// The words behind `snug serve`, by Redis's rules: an optional configuration file first, `-` for standard input, and
/// `--directive value …`. A directive's values go on to the next word that begins with `--`; the first word behind a
/// directive is its value whatever it begins with, except behind `save`, which may stand alone for `save ""`.
package struct ServeArguments: Equatable, Sendable {
    /// The configuration file, which is read first.
    package private(set) var file: String?
    /// Whether standard input is read, after the file.
    package private(set) var readsStandardInput = false
    /// The directives, which are applied last.
    package private(set) var lines: [ConfigurationLine] = []

    package static let origin = "command line"

    package init(_ words: [String]) throws(ConfigurationError) {
        var words = words[...]
        if let first = words.first, !first.hasPrefix("-") {
            file = first
            words.removeFirst()
        }
        while let word = words.popFirst() {
            if word == "-" {
                readsStandardInput = true
            } else if word.hasPrefix("--") && word.utf8.count > 2 {
                lines.append(try Self.takeLine(word, &words))
            } else {
                throw ConfigurationError(
                    origin: Self.origin, text: word,
                    reason: file == nil
                        ? "'\(word)' is no option: directives are written --name value"
                        : "only one configuration file can be given, and it comes first")
            }
        }
    }

    private static func takeLine(
        _ option: String, _ rest: inout ArraySlice<String>
    ) throws(ConfigurationError) -> ConfigurationLine {
        // "--port 7000" in one word is taken apart as a line of a file would be.
        let name = Array(option.utf8.dropFirst(2))
        guard var words = InlineSplitter.words(of: name.rawBytes), !words.isEmpty else {
            throw ConfigurationError(origin: origin, text: option, reason: "a quote is not closed")
        }
        let isSave = words.count == 1 && words[0].map(\.asciiLowercased) == Array("save".utf8)
        if words.count == 1, let next = rest.first, !(isSave && next.hasPrefix("--")) {
            words.append(Array(next.utf8))
            rest.removeFirst()
        }
        while let next = rest.first, !next.hasPrefix("--"), next != "-" {
            words.append(Array(next.utf8))
            rest.removeFirst()
        }
        if isSave && words.count == 1 { words.append([]) }
        let text = words.map { String(decoding: Quoting.quoted($0), as: UTF8.self) }.joined(separator: " ")
        return ConfigurationLine(origin: origin, number: nil, words: words, text: "--" + text)
    }
}

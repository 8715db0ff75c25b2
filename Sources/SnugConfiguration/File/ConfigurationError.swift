/// Why the configuration cannot be used: where it stands and what would be right.
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// The file as it was named, "command line", or "standard input".
    package let origin: String
    /// Counted from 1; nil when the whole file is meant or there are no lines.
    package let line: Int?
    /// The line's text; empty when the whole file is meant.
    package let text: String
    /// What is wrong and what would be right.
    package let reason: String

    package init(origin: String, line: Int? = nil, text: String = "", reason: String) {
        self.origin = origin
        self.line = line
        self.text = text
        self.reason = reason
    }

    package var description: String {
        if text.isEmpty { return "\(origin): \(reason)" }
        guard let line else { return "\(origin): \(reason) (given as: \(text))" }
        return "\(origin), line \(line): \(reason) (the line is: \(text))"
    }
}

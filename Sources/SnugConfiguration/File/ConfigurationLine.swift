/// One line of a configuration file that says something, or one directive of the command line.
package struct ConfigurationLine: Sendable, Equatable {
    package var origin: String
    /// Counted from 1; nil on the command line.
    package var number: Int?
    /// The words, the directive's name first; at least one.
    package var words: [[UInt8]]
    /// The line as it stands there, for messages.
    package var text: String

    func error(_ reason: String) -> ConfigurationError {
        ConfigurationError(origin: origin, line: number, text: text, reason: reason)
    }
}

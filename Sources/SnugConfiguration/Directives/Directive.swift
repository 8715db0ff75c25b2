/// All that is said of one directive: the configuration file, the command line, CONFIG GET, SET and REWRITE, and
/// `docs/configuration.md` come from it.
package struct Directive: Sendable {
    /// Whether CONFIG SET may change it.
    package enum Change: Sendable {
        case atRunTime
        /// Only where `enable-protected-configs` allows it.
        case protected
        case atStart
    }

    /// What setting it brings about.
    package enum Effect: Sendable, Equatable {
        case full
        /// It is kept and answered, nothing more. Part of Redis that has no counterpart here.
        case none
        /// It is kept and answered; another value than the default is met with this warning.
        case notYet(String)
    }

    package typealias Reader = @Sendable (borrowing Configuration) -> [UInt8]
    package typealias Writer = @Sendable (inout Configuration, [[UInt8]], WriteMode) throws(ValueError) -> Void

    /// How a value meets the one that is there.
    package enum WriteMode: Sendable {
        /// From one line of a file: directives that accumulate add to what earlier lines said.
        case line
        /// From CONFIG SET: the whole value.
        case whole
    }

    package let name: String
    /// The name of earlier versions, which is as good.
    package let oldName: String?
    package let kind: ValueKind
    package let change: Change
    package let effect: Effect
    /// How many values a line of the configuration file has.
    package let wordCounts: ClosedRange<Int>
    let reader: Reader
    let writer: Writer
    /// The lines with which CONFIG REWRITE states a value, without the name; nil for one line with all words.
    let lines: (@Sendable (borrowing Configuration) -> [String])?

    init(
        _ name: String, oldName: String? = nil, _ kind: ValueKind, change: Change = .atRunTime, effect: Effect = .full,
        wordCounts: ClosedRange<Int> = 1...1, lines: (@Sendable (borrowing Configuration) -> [String])? = nil,
        read: @escaping Reader, write: @escaping Writer
    ) {
        self.name = name
        self.oldName = oldName
        self.kind = kind
        self.change = change
        self.effect = effect
        self.wordCounts = wordCounts
        self.lines = lines
        reader = read
        writer = write
    }

    /// Whether it takes several words, which CONFIG SET gives as one value with blanks.
    package var takesSeveralWords: Bool { wordCounts != 1...1 }

    /// The value as CONFIG GET answers it.
    package func value(in configuration: borrowing Configuration) -> [UInt8] { reader(configuration) }

    /// Sets the value from the words of a line. On an error nothing has changed.
    package func set(line words: [[UInt8]], in configuration: inout Configuration) throws(ValueError) {
        guard wordCounts.contains(words.count) else { throw .wrongCount }
        try writer(&configuration, words, .line)
    }

    /// Sets the value as CONFIG SET does. On an error nothing has changed.
    package func set(value: [UInt8], in configuration: inout Configuration) throws(ValueError) {
        let words = takesSeveralWords ? Self.split(value) : [value]
        try writer(&configuration, words, .whole)
    }

    private static func split(_ value: [UInt8]) -> [[UInt8]] {
        value.isEmpty ? [] : value.split(separator: 32, omittingEmptySubsequences: false).map { Array($0) }
    }
}

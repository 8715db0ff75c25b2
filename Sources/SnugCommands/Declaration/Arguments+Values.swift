internal import SnugMemory
internal import SnugRESP

/// Reading values from arguments, with Redis's errors.
extension RawSpan {
    /// An integer in canonical decimal form. Throws `failure` otherwise.
    package func integer(orThrow failure: CommandError = .notInteger) throws(CommandError) -> Int64 {
        guard let value = canonicalInteger else { throw failure }
        return value
    }

    /// An integer whose magnitude is one too.
    package func integerWithMagnitude() throws(CommandError) -> Int64 {
        let number = try integer()
        guard number > .min else { throw .magnitudeOutOfRange }
        return number
    }

    /// An integer of at least 0.
    package func nonNegativeInteger() throws(CommandError) -> Int64 {
        guard let value = canonicalInteger, value >= 0 else { throw .notPositive }
        return value
    }

    /// Whether the bytes are `word`, in any case.
    @inline(__always)
    package func isWord(_ word: StaticString) -> Bool { equalsIgnoringCase(word) }
}

extension ReplyWriter {
    /// The text that answers a command with the wrong number of words. `name` in lower case, `client|kill` for a
    /// subcommand.
    package mutating func wrongArity(of name: String) {
        error("ERR wrong number of arguments for '\(name)' command")
    }
}

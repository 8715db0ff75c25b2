internal import SnugMemory

/// What values a directive takes. Parsing is strict, as Redis's: a value that is not in the form is refused, never
/// guessed.
package enum ValueKind: Sendable, Equatable {
    /// `yes` or `no`, in any case.
    case bool
    case integer(ClosedRange<Int64>)
    /// An integer in octal digits, as file modes are written.
    case octal(ClosedRange<Int64>)
    /// Bytes, with or without a unit; see `MemoryAmount`.
    case memory(ClosedRange<UInt64>)
    /// Bytes as in `memory`, or a percentage such as `5%`.
    case memoryOrPercent
    /// One of the words, in any case.
    case choice([String])
    /// Any of the words, separated by blanks.
    case choices([String])
    /// Any bytes.
    case text
    /// Several words with a form of their own, described for people.
    case words(String)

    /// What the kind takes, for documentation and error messages.
    package var description: String {
        switch self {
        case .bool: "yes or no"
        case .integer(let range) where range.upperBound == .max: "an integer of at least \(range.lowerBound)"
        case .integer(let range): "an integer from \(range.lowerBound) to \(range.upperBound)"
        case .octal(let range): "an octal number up to \(String(range.upperBound, radix: 8))"
        case .memory(let range) where range.lowerBound > 0:
            "an amount of memory such as 64mb, at least \(range.lowerBound) bytes"
        case .memory: "an amount of memory such as 64mb"
        case .memoryOrPercent: "an amount of memory such as 64mb, or a percentage such as 5%"
        case .choice(let words): "one of " + words.joined(separator: ", ")
        case .choices(let words): "any of " + words.joined(separator: ", ")
        case .text: "text"
        case .words(let form): form
        }
    }

    /// `value` in the form in which CONFIG GET answers it.
    func normalized(_ value: [UInt8]) throws(ValueError) -> [UInt8] {
        switch self {
        case .bool: Array((try Self.bool(value) ? "yes" : "no").utf8)
        case .integer(let range): Array(String(try Self.integer(value, in: range)).utf8)
        case .octal(let range): Array(String(try Self.octal(value, in: range), radix: 8).utf8)
        case .memory(let range): Array(String(try MemoryAmount.bytes(value, in: range)).utf8)
        case .memoryOrPercent: try MemoryAmount.bytesOrPercent(value)
        case .choice(let words): Array(words[try Self.choice(value, among: words)].utf8)
        case .choices(let words):
            Array(try Self.choices(value, among: words).map { words[$0] }.joined(separator: " ").utf8)
        case .text, .words: value
        }
    }

    static func bool(_ value: [UInt8]) throws(ValueError) -> Bool {
        if value.rawBytes.equalsIgnoringCase("yes") { return true }
        if value.rawBytes.equalsIgnoringCase("no") { return false }
        throw .notBool
    }

    static func integer(_ value: [UInt8], in range: ClosedRange<Int64>) throws(ValueError) -> Int64 {
        guard let integer = value.rawBytes.canonicalInteger else { throw .notInteger }
        guard range.contains(integer) else { throw .outside("\(range.lowerBound)", "\(range.upperBound)") }
        return integer
    }

    static func octal(_ value: [UInt8], in range: ClosedRange<Int64>) throws(ValueError) -> Int64 {
        var result: Int64 = 0
        guard !value.isEmpty && value.count <= 12 else { throw .notOctal }
        for byte in value {
            guard byte >= 48 && byte < 56 else { throw .notOctal }
            result = result << 3 | Int64(byte - 48)
        }
        guard range.contains(result) else {
            throw .outside(String(range.lowerBound, radix: 8), String(range.upperBound, radix: 8))
        }
        return result
    }

    /// The index of the word.
    static func choice(_ value: [UInt8], among words: [String]) throws(ValueError) -> Int {
        let folded = value.map(\.asciiLowercased)
        guard let index = words.firstIndex(where: { Array($0.utf8) == folded }) else { throw .notOneOf(words) }
        return index
    }

    /// The indices of the words, in the order of `words`, each once.
    static func choices(_ value: [UInt8], among words: [String]) throws(ValueError) -> [Int] {
        var indices: Set<Int> = []
        let given = value.split(separator: 32)
        guard !given.isEmpty else { throw .notOneOf(words) }
        for word in given { indices.insert(try choice(Array(word), among: words)) }
        return indices.sorted()
    }
}

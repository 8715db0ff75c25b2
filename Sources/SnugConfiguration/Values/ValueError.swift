/// Why a value does not suit a directive, in the words in which Redis tells a client that uses CONFIG SET.
package struct ValueError: Error, Equatable {
    package let text: String

    package init(_ text: String) { self.text = text }

    static let notInteger = ValueError("argument couldn't be parsed into an integer")
    static let notOctal = ValueError("argument couldn't be parsed as an octal number")
    static let notBool = ValueError("argument must be 'yes' or 'no'")
    static let notMemory = ValueError("argument must be a memory value")
    static let notMemoryOrPercent = ValueError("argument must be a memory or percent value")
    static let percentTooLarge = ValueError("percentage argument must be less or equal to 100")
    static let wrongCount = ValueError("wrong number of arguments")

    static func notOneOf(_ words: [String]) -> ValueError {
        ValueError("argument(s) must be one of the following: " + words.joined(separator: ", "))
    }

    static func outside(_ lower: String, _ upper: String) -> ValueError {
        ValueError("argument must be between \(lower) and \(upper) inclusive")
    }
}

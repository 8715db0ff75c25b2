internal import SnugMemory

/// A command and the name that it was asked for by, letter for letter, if that is short.
struct FoundCommand {
    private static let byteCountMax = 8

    private(set) var number = 0
    private var word: UInt64 = 0
    private var byteCount = -1

    /// One that no name finds.
    init() {}

    init(_ name: RawSpan, number: Int) {
        guard name.byteCount <= Self.byteCountMax else { return }
        self.number = number
        word = Self.word(of: name)
        byteCount = name.byteCount
    }

    @inline(__always)
    func isNamed(_ name: RawSpan) -> Bool { name.byteCount == byteCount && Self.word(of: name) == word }

    /// The bytes of a name of at most eight.
    @inline(__always)
    private static func word(of name: RawSpan) -> UInt64 {
        name.byteCount == byteCountMax ? name.load(UInt64.self, at: 0) : name.lastWord(from: 0)
    }
}

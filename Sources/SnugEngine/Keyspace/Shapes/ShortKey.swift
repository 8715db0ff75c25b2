internal import SnugMemory

/// A key of up to 64 bytes, to compare others with; `none` equals no key, and so do longer ones.
struct ShortKey {
    static let byteCountMax = 64
    static let none = ShortKey()

    private typealias Words = (UInt64, UInt64, UInt64, UInt64)

    private var byteCount = -1
    private var words: Words = (0, 0, 0, 0)
    /// Those behind the first 32 bytes.
    private var moreWords: Words = (0, 0, 0, 0)

    private init() {}

    @inline(__always)
    init(_ key: RawSpan) {
        guard key.byteCount <= Self.byteCountMax else { return }
        byteCount = key.byteCount
        words = Self.words(of: key, from: 0)
        if byteCount > 32 { moreWords = Self.words(of: key, from: 32) }
    }

    @inline(__always)
    func equals(_ key: RawSpan) -> Bool {
        guard key.byteCount == byteCount, words == Self.words(of: key, from: 0) else { return false }
        return byteCount <= 32 || moreWords == Self.words(of: key, from: 32)
    }

    /// Up to 32 bytes, zeros behind the last.
    @inline(__always)
    private static func words(of key: RawSpan, from offset: Int) -> Words {
        let left = key.byteCount &- offset
        let first = key.paddedWord(at: offset)
        let second = left > 8 ? key.paddedWord(at: offset &+ 8) : 0
        if left <= 16 { return (first, second, 0, 0) }
        return (first, second, key.paddedWord(at: offset &+ 16), left > 24 ? key.paddedWord(at: offset &+ 24) : 0)
    }
}

internal import SnugMemory

/// Which of the up to 64 bytes of a key from `base` on belong to words, and which are digits: a bit for each, the first
/// byte's lowest.
struct KeyWindow: BitwiseCopyable {
    static let byteCountMax = 64

    let base: Int
    private(set) var words: UInt64 = 0
    private(set) var digits: UInt64 = 0
    /// Whether a byte would be taken for a template's marker.
    private(set) var holdsMarkers = false

    @inline(__always)
    init(_ key: RawSpan, from base: Int) {
        self.base = base
        if base >= key.byteCount { return }
        let classes = ByteClasses(key, from: base)
        words = classes.words
        digits = classes.digits
        holdsMarkers = classes.holdsMarkers
    }
}

/// A word of a key, and those of its digits that are a token when the word is none: all, or those at one end when there
/// are no others.
struct KeyWord: BitwiseCopyable {
    let start: Int
    private(set) var byteCount: Int
    private(set) var digitsStart = 0
    private(set) var digitCount = 0

    @inline(__always)
    var end: Int { start &+ byteCount }

    /// The word that begins at bit `offset` of the window and ends inside.
    @inline(__always)
    init(_ window: KeyWindow, at offset: Int) {
        let shift = UInt64(truncatingIfNeeded: offset)
        start = window.base &+ offset
        byteCount = (~(window.words &>> shift)).trailingZeroBitCount
        let digits = (window.digits &>> shift) & (1 &<< UInt64(truncatingIfNeeded: byteCount) &- 1)
        if digits == 0 { return }
        let first = digits.trailingZeroBitCount
        let run = digits &>> UInt64(truncatingIfNeeded: first)
        // One run of digits, at the front or at the end.
        if run & (run &+ 1) != 0 { return }
        let count = (~run).trailingZeroBitCount
        if first == 0 || first &+ count == byteCount {
            digitsStart = start &+ first
            digitCount = count
        }
    }

    /// The word of any length that begins at `start`, byte by byte.
    init(_ key: RawSpan, at start: Int) {
        self.start = start
        var end = start
        var allDigits = 0
        var trailing = 0
        var leading = 0
        while end < key.byteCount {
            let window = KeyWindow(key.slice(from: end, count: 1), from: 0)
            if window.words == 0 { break }
            if window.digits == 1 {
                if leading == end &- start { leading &+= 1 }
                allDigits &+= 1
                trailing &+= 1
            } else {
                trailing = 0
            }
            end &+= 1
        }
        byteCount = end &- start
        if allDigits > 0 && allDigits == max(leading, trailing) {
            digitCount = allDigits
            digitsStart = leading == allDigits ? start : end &- trailing
        }
    }
}

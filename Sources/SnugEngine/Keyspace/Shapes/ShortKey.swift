internal import SnugMemory

/// A key of up to 64 bytes, to compare others with; it equals no longer ones, and none at first.
///
/// It is kept as words of eight bytes that cover it from both ends and may overlap in the middle, so that none of them
/// is cut: the first and the last, then their neighbours, then those of all four. Keys of one make mostly differ at
/// their ends, which are compared first.
struct ShortKey {
    static let byteCountMax = 64

    private var byteCount = -1
    private var ends: (first: UInt64, last: UInt64) = (0, 0)
    /// Those of a key of more than 16 bytes.
    private var neighbours: (UInt64, UInt64) = (0, 0)
    /// Those of a key of more than 32 bytes.
    private var others: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// Keeps a key instead of the one before; a longer one is not kept.
    @inline(__always)
    mutating func keep(_ key: RawSpan) {
        byteCount = key.byteCount
        if byteCount > Self.byteCountMax { return forget() }
        ends = Self.ends(of: key)
        if byteCount > 16 { neighbours = Self.neighbours(in: key) }
        if byteCount > 32 { others = Self.others(in: key) }
    }

    /// Equals no key from now on.
    mutating func forget() { byteCount = -1 }

    @inline(__always)
    func equals(_ key: RawSpan) -> Bool {
        guard key.byteCount == byteCount, ends == Self.ends(of: key) else { return false }
        if byteCount <= 16 { return true }
        return neighbours == Self.neighbours(in: key) && (byteCount <= 32 || others == Self.others(in: key))
    }

    @inline(__always)
    private static func ends(of key: RawSpan) -> (first: UInt64, last: UInt64) {
        let byteCount = key.byteCount
        if byteCount < 8 { return (key.paddedWord(at: 0), 0) }
        return (key.trustedLoad(UInt64.self, at: 0), key.trustedLoad(UInt64.self, at: byteCount &- 8))
    }

    @inline(__always)
    private static func neighbours(in key: RawSpan) -> (UInt64, UInt64) {
        (key.trustedLoad(UInt64.self, at: 8), key.trustedLoad(UInt64.self, at: key.byteCount &- 16))
    }

    @inline(__always)
    private static func others(in key: RawSpan) -> (UInt64, UInt64, UInt64, UInt64) {
        let byteCount = key.byteCount
        return (
            key.trustedLoad(UInt64.self, at: 16), key.trustedLoad(UInt64.self, at: 24),
            key.trustedLoad(UInt64.self, at: byteCount &- 32), key.trustedLoad(UInt64.self, at: byteCount &- 24)
        )
    }
}

internal import SnugMemory

/// A command's name, case folded into three words: comparing two is three comparisons, hashing one three
/// multiplications. Names of more than 24 bytes are no command's, nor are those that end in a zero byte, which would
/// equal the shorter one that the words are filled up behind.
package struct CommandName: Hashable, BitwiseCopyable, Sendable {
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64

    @inline(__always)
    package init?(_ bytes: RawSpan) {
        let count = bytes.byteCount
        guard count > 0 && count <= 24 && bytes[count &- 1] != 0 else { return nil }
        first = Self.foldedWord(bytes, at: 0, count)
        second = count > 8 ? Self.foldedWord(bytes, at: 8, count) : 0
        third = count > 16 ? Self.foldedWord(bytes, at: 16, count) : 0
    }

    /// Ten bits for the table's slots.
    @inline(__always)
    package var slot: Int {
        let mixed = (first &* 0x9e37_79b9_7f4a_7c15) ^ (second &* 0xc2b2_ae3d_27d4_eb4f) ^ third
        return Int(truncatingIfNeeded: ((mixed ^ mixed >> 29) &* 0xbf58_476d_1ce4_e5b9) >> 54)
    }

    @inline(__always)
    private static func foldedWord(_ bytes: RawSpan, at offset: Int, _ count: Int) -> UInt64 {
        let word = offset &+ 8 <= count ? bytes.load(UInt64.self, at: offset) : bytes.lastWord(from: offset)
        return lowercased(word)
    }

    /// ASCII capitals of eight bytes at once into small letters; every other byte stays.
    @inline(__always)
    private static func lowercased(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let sevenBits = word & (ones &* 0x7f)
        let atLeastA = sevenBits &+ ones &* (0x80 - 0x41)
        let aboveZ = sevenBits &+ ones &* (0x80 - 0x5b)
        let isCapital = atLeastA & ~aboveZ & ~word & (ones &* 0x80)
        return word | isCapital >> 2
    }
}

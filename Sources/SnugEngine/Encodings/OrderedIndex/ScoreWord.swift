/// A score as a word whose order as an unsigned number is that of the scores. The sign bit of what is not negative is
/// set, and all bits of what is negative are turned round. Scores of one magnitude differ in a few bits in the middle
/// of their words: not in the sign and the exponent, nor in the low bits, which are 0 in an integer.
enum ScoreWord {
    private static let sign: UInt64 = 1 << 63

    /// -0 is 0; the score must be a number.
    @inline(__always)
    static func make(_ score: Double) -> UInt64 {
        assert(!score.isNaN)
        let bits = (score + 0.0).bitPattern
        return bits & sign == 0 ? bits | sign : ~bits
    }

    @inline(__always)
    static func score(_ word: UInt64) -> Double {
        Double(bitPattern: word & sign == 0 ? ~word : word & ~sign)
    }
}

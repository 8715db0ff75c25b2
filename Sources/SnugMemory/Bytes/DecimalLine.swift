extension RawSpan {
    /// A length line as clients write nearly all of them: one to nine digits without a leading zero, and CR LF, all
    /// present, from `offset` on. Nil for anything else, which is not to say that it is wrong: a longer way decides.
    /// About two instructions a byte.
    @inlinable @inline(__always)
    public func shortDecimalLine(at offset: Int) -> (value: Int, end: Int)? {
        let last = byteCount &- 2
        guard offset >= 0 && offset < last else { return nil }
        // SAFETY: every offset read below is at most `byteCount - 1`: the loop stops at `last`.
        var value = Int(unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt8.self)) &- 48
        guard value >= 0 && value <= 9 else { return nil }
        let isZero = value == 0
        var place = offset &+ 1
        let stop = min(last, offset &+ 9)
        while place <= stop {
            let byte = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: UInt8.self)
            if byte == 13 {
                return (value, place &+ 2)
            }
            let digit = Int(byte) &- 48
            guard digit >= 0 && digit <= 9 && !isZero else { return nil }
            value = value &* 10 &+ digit
            place &+= 1
        }
        return nil
    }
}

extension RawSpan {
    /// A length line as clients write nearly all of them: one to nine digits without a leading zero, and CR LF, all
    /// present, from `offset` on. Nil for anything else, which is not to say that it is wrong: a longer way decides.
    /// About two instructions a byte.
    @inlinable @inline(__always)
    public func shortDecimalLine(at offset: Int) -> (value: Int, end: Int)? {
        let last = byteCount &- 2
        guard offset >= 0 && offset < last else { return nil }
        if offset &+ 4 <= byteCount {
            // Nearly all have one digit or two.
            // SAFETY: the condition says that four bytes are there.
            let word = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self).littleEndian
            let (first, second) = (Int(word & 255) &- 48, Int(word &>> 8 & 255))
            if second == 13 && first >= 0 && first <= 9 { return (first, offset &+ 3) }
            if word &>> 16 & 255 == 13 && first > 0 && first <= 9 && second >= 48 && second <= 57 {
                return (first &* 10 &+ second &- 48, offset &+ 4)
            }
        }
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

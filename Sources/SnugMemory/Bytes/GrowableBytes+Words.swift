extension GrowableBytes {
    /// Appends the low `byteCount` bytes of `word`, lowest first: one store, whatever the count, which is at most 8.
    @inlinable @inline(__always)
    public mutating func append(low byteCount: Int, of word: UInt64) {
        precondition(byteCount >= 0 && byteCount <= 8, "more bytes than a word has")
        reserve(8)
        // SAFETY: `reserve` left room for eight bytes, so I1 holds for any part of them.
        unsafe base.unsafelyUnwrapped.storeBytes(of: word.littleEndian, toByteOffset: used, as: UInt64.self)
        used &+= byteCount
    }
}

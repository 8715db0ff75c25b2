public import Glibc

/// Comparing borrowed bytes by order.
extension RawSpan {
    /// Below, at or above 0 when these bytes stand before, are, or stand behind `other` in the order of Redis: byte by
    /// byte as unsigned numbers, and of two that agree the shorter one first. One `memcmp`.
    @inlinable
    public func order(comparedTo other: RawSpan) -> Int {
        let common = Swift.min(byteCount, other.byteCount)
        guard common > 0 else { return byteCount &- other.byteCount }
        // SAFETY: the buffers are read only while the closures run, and both have `common` bytes or more.
        let order = unsafe withUnsafeBytes { mine in
            unsafe other.withUnsafeBytes { theirs in
                Int(unsafe memcmp(mine.baseAddress.unsafelyUnwrapped, theirs.baseAddress.unsafelyUnwrapped, common))
            }
        }
        return order != 0 ? order : byteCount &- other.byteCount
    }

    /// How many bytes both have in common at their front, at most `limit`.
    @inlinable
    public func commonPrefixByteCount(with other: RawSpan, atMost limit: Int) -> Int {
        let end = Swift.min(byteCount, other.byteCount, limit)
        var count = 0
        while count < end && self[count] == other[count] { count &+= 1 }
        return count
    }
}

internal import CSnug

extension GrowableBytes {
    /// Appends a number with `digits` digits behind the point, 0 to 17 of them, rounded as C's `printf` does. At most
    /// 328 bytes.
    public mutating func append(fixed value: Double, digits: Int) {
        reserve(Self.fixedByteCountMax)
        // SAFETY: `reserve` left as many bytes behind the first `count` as the function is told.
        let written = unsafe snug_fixed_format(
            value, Int32(digits), base.unsafelyUnwrapped + count, Self.fixedByteCountMax)
        used += min(written, Self.fixedByteCountMax)
    }

    /// A sign, 309 digits, a point, 17 digits, and the zero behind them.
    private static var fixedByteCountMax: Int { 329 }
}

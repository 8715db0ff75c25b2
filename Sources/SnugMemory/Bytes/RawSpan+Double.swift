internal import CSnug

/// Numbers with a fraction as Redis reads them.
extension RawSpan {
    /// The number that the bytes are as a whole, as C's `strtod` reads it: decimal, with an exponent, hexadecimal,
    /// "inf". Nil for "nan", for a blank before it, no bytes, and for what is too large or too small for the type. At
    /// most 5,119 bytes.
    public var double: Double? { double(blanks: false, infinite: false) }

    /// The same, but no bytes are 0, blanks may stand before the number, and what is too large is infinite: the ends of
    /// ranges.
    public var rangeEnd: Double? { double(blanks: true, infinite: true) }

    /// As `double`, but what stands from the first zero byte on does not count, no bytes are 0, and blanks may stand
    /// before the number: what SORT sorts by.
    public var sortNumber: Double? {
        let end = (0..<min(byteCount, 5_120)).first { self[$0] == 0 } ?? byteCount
        return extracting(first: end).double(blanks: true, infinite: false)
    }

    private func double(blanks: Bool, infinite: Bool) -> Double? {
        if let integer = canonicalInteger, integer.magnitude < 1 << 53 { return Double(integer) }
        var number = 0.0
        let isNumber = unsafe withUnsafeBytes { bytes in
            // SAFETY: the buffer is read only during the call, for as many bytes as it has; an empty one is not read.
            unsafe snug_double_parse(bytes.baseAddress, bytes.count, blanks, infinite, &number)
        }
        return isNumber ? number : nil
    }
}

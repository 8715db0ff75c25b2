internal import SnugMemory

/// A string as it is kept: an integer, or bytes.
package enum StringValue: ~Escapable {
    case integer(Int64)
    case bytes(RawSpan)

    /// How many bytes the string has when it is written out.
    package var byteCount: Int {
        switch self {
        case .integer(let value): decimalByteCount(value)
        case .bytes(let bytes): bytes.byteCount
        }
    }

    /// Calls `body` with the string written out. Allocates nothing.
    package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch copy self {
        case .integer(let value):
            let digits = DecimalDigits(value)
            return try body(digits.bytes)
        case .bytes(let bytes): return try body(bytes)
        }
    }
}

/// Offsets of a part of `byteCount` bytes, from `first` through `last` as Redis counts them: negative ones from the
/// end, -1 the last byte, clipped to what is there. Empty when nothing is.
package func byteRange(from first: Int64, through last: Int64, of byteCount: Int) -> Range<Int> {
    let count = Int64(byteCount)
    func clipped(_ offset: Int64) -> Int64 { offset < 0 ? max(0, offset + count) : offset }
    if first < 0 && last < 0 && first > last { return 0..<0 }
    let (start, end) = (clipped(first), min(clipped(last), count - 1))
    return start > end ? 0..<0 : Int(start)..<Int(end) + 1
}

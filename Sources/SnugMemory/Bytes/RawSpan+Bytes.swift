public import Glibc

/// Byte access to borrowed memory. Every index is checked against the span, so a wrong length from outside stops at
/// the span's end and never reads beyond it.
extension RawSpan {
    /// The byte at `offset`, which must lie in `0..<byteCount`. One comparison and one load.
    @inlinable
    public subscript(_ offset: Int) -> UInt8 {
        precondition(offset >= 0 && offset < byteCount, "byte offset outside the span")
        // SAFETY: the precondition above keeps the load inside the span.
        return unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt8.self)
    }

    /// An integer or other trivial value read at `offset` in the machine's byte order, unaligned.
    @inlinable
    public func load<Value: BitwiseCopyable & FixedWidthInteger>(_ type: Value.Type, at offset: Int) -> Value {
        precondition(offset >= 0 && offset <= byteCount - MemoryLayout<Value>.size, "load outside the span")
        // SAFETY: the precondition above keeps the load inside the span; every bit pattern is a value of an integer.
        return unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Value.self)
    }

    /// The bytes from `offset` to the end, of which there must be fewer than eight, as the low bytes of a word. Two
    /// overlapping loads instead of a loop.
    @inlinable @inline(__always)
    public func lastWord(from offset: Int) -> UInt64 {
        let count = byteCount &- offset
        precondition(offset >= 0 && count >= 0 && count < 8, "a last word of eight bytes or more")
        // SAFETY: each load lies inside the `count` bytes from `offset` on, as its condition says.
        if count >= 4 {
            let low = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self)
            let high = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: byteCount &- 4, as: UInt32.self)
            return UInt64(low) | UInt64(high) &<< UInt64(truncatingIfNeeded: (count &- 4) &* 8)
        }
        if count >= 2 {
            let low = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt16.self)
            let high = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: byteCount &- 2, as: UInt16.self)
            return UInt64(low) | UInt64(high) &<< UInt64(truncatingIfNeeded: (count &- 2) &* 8)
        }
        guard count == 1 else { return 0 }
        return UInt64(unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt8.self))
    }

    /// The bytes `from ..< from + count`, as far as they lie in the span.
    @inlinable @_lifetime(copy self)
    public func slice(from offset: Int, count: Int) -> RawSpan {
        extracting(droppingFirst: offset).extracting(first: count)
    }

    /// Whether both spans hold the same bytes. One `memcmp`.
    @inlinable
    public func isEqual(to other: RawSpan) -> Bool {
        guard byteCount == other.byteCount else { return false }
        // SAFETY: the buffers are read only while the closures run.
        return unsafe withUnsafeBytes { mine in
            unsafe other.withUnsafeBytes { theirs in
                guard let left = mine.baseAddress, let right = theirs.baseAddress else { return true }
                // SAFETY: both buffers have `byteCount` bytes.
                return unsafe memcmp(left, right, mine.count) == 0
            }
        }
    }

    /// Whether the span is `text` when ASCII letters are compared without their case.
    @inlinable
    public func equalsIgnoringCase(_ text: StaticString) -> Bool {
        guard byteCount == text.utf8CodeUnitCount else { return false }
        for offset in 0..<byteCount {
            // SAFETY: `offset` is below the code unit count of `text`, whose UTF-8 start is valid for that many bytes.
            let expected = unsafe text.utf8Start[offset]
            if self[offset].asciiLowercased != expected.asciiLowercased { return false }
        }
        return true
    }

    /// A copy of the bytes in an array of their own.
    @inlinable
    public func makeArray() -> [UInt8] {
        unsafe withUnsafeBytes { unsafe Array($0) }
    }

    /// A copy of the bytes as text; bytes that are not UTF-8 become replacement characters.
    @inlinable
    public func makeString() -> String {
        // SAFETY: the buffer is only read while the closure runs.
        unsafe withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
}

extension UInt8 {
    /// The same letter in lower case when this is an ASCII capital, else the byte itself.
    @inlinable
    public var asciiLowercased: UInt8 {
        self >= 65 && self <= 90 ? self | 0x20 : self
    }
}

extension [UInt8] {
    /// The array's bytes, borrowed.
    @inlinable
    public var rawBytes: RawSpan {
        @_lifetime(borrow self)
        get {
            // SAFETY: bytes have no padding, so their raw representation is fully initialised.
            unsafe span.bytes
        }
    }
}

extension InlineArray where Element == UInt8 {
    /// The array's bytes, borrowed.
    @inlinable
    public var rawBytes: RawSpan {
        @_lifetime(borrow self)
        get {
            // SAFETY: as for an array.
            unsafe span.bytes
        }
    }
}

/// Calls `body` with the bytes of a literal, which live as long as the program.
@inlinable
public func withBytes<Result, Failure: Error>(
    of text: StaticString, _ body: (RawSpan) throws(Failure) -> Result
) throws(Failure) -> Result {
    // SAFETY: a static string's UTF-8 start is valid for `utf8CodeUnitCount` bytes for the life of the program.
    let bytes = unsafe RawSpan(_unsafeStart: text.utf8Start, byteCount: text.utf8CodeUnitCount)
    return try body(bytes)
}

/// Decimal integers as Redis reads them.
extension RawSpan {
    /// The value when the bytes are an `Int64` in canonical decimal form: no sign but `-`, no leading zeros, no
    /// blanks, no overflow. Nil for anything else. At most 20 steps.
    @inlinable
    public var canonicalInteger: Int64? {
        let count = byteCount
        guard count > 0 && count <= 20 else { return nil }
        var offset = 0
        let negative = self[0] == 45
        if negative {
            offset = 1
            guard count > 1 else { return nil }
        }
        let first = self[offset]
        if first == 48 { return count == 1 ? 0 : nil }
        guard first >= 49 && first <= 57 else { return nil }
        var magnitude = UInt64(first &- 48)
        offset &+= 1
        while offset < count {
            let digit = self[offset] &- 48
            guard digit <= 9 else { return nil }
            let (product, overflowed) = magnitude.multipliedReportingOverflow(by: 10)
            if overflowed { return nil }
            let (sum, carried) = product.addingReportingOverflow(UInt64(digit))
            if carried { return nil }
            magnitude = sum
            offset &+= 1
        }
        if negative {
            guard magnitude <= UInt64(Int64.max) + 1 else { return nil }
            return Int64(truncatingIfNeeded: 0 &- magnitude)
        }
        return Int64(exactly: magnitude)
    }
}

/// How many bytes `value` takes in decimal, its sign included.
@inlinable
public func decimalByteCount(_ value: Int64) -> Int {
    var magnitude = value.magnitude
    var digits = value < 0 ? 1 : 0
    while magnitude >= 10_000 {
        magnitude /= 10_000
        digits &+= 4
    }
    return digits &+ (magnitude < 100 ? (magnitude < 10 ? 1 : 2) : (magnitude < 1000 ? 3 : 4))
}

/// The two digits of a number below 100 as they follow each other in memory.
@inlinable @inline(__always)
public func digitPair(_ number: UInt64) -> UInt16 {
    // A tenth, by a multiplication that is exact for two digits.
    let tens = (number &* 103) &>> 10
    return (UInt16(truncatingIfNeeded: tens | (number &- tens &* 10) &<< 8) | 0x3030).littleEndian
}

/// An `Int64` written out in decimal, without an allocation.
public struct DecimalDigits {
    private var digits: InlineArray<20, UInt8> = .init(repeating: 0)
    private var first = 20

    public init(_ value: Int64) {
        var magnitude = value.magnitude
        repeat {
            let (quotient, digit) = magnitude.quotientAndRemainder(dividingBy: 10)
            first &-= 1
            digits[first] = UInt8(truncatingIfNeeded: 48 &+ digit)
            magnitude = quotient
        } while magnitude != 0
        if value < 0 {
            first &-= 1
            digits[first] = 45
        }
    }

    /// The digits, with the sign before them. 1 to 20 bytes.
    public var bytes: RawSpan {
        @_lifetime(borrow self)
        get {
            // SAFETY: bytes have no padding, so their raw representation is fully initialised.
            unsafe digits.span.bytes.extracting(droppingFirst: first)
        }
    }
}

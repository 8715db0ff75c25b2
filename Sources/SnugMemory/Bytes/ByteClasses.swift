public import CSnug

/// What up to 64 bytes of text are: a bit for each, the first byte's lowest, and none behind the last byte.
///
/// Sixteen bytes are looked at in one step. A count that is no multiple of sixteen ends with a step over the last
/// sixteen, of which some have been seen, so that nothing behind the text is read and no loop runs over a rest.
public struct ByteClasses: BitwiseCopyable {
    public static let byteCountMax = 64

    /// Digits, letters, and bytes from 0x80 on.
    public let words: UInt64
    public let digits: UInt64
    /// Whether there are bytes below 0x10.
    public let holdsMarkers: Bool

    /// Looks at the bytes from `offset` on, of which there must be one or more. Those behind 64 are left out.
    @inlinable @inline(__always)
    public init(_ text: RawSpan, from offset: Int) {
        let left = text.byteCount &- offset
        if left <= 16 {
            let low = text.trustedWord(at: offset, upTo: left)
            let high = left > 8 ? text.trustedWord(at: offset &+ 8, upTo: left &- 8) : 0
            let classes = snug_classify(low, high)
            words = UInt64(classes.words)
            digits = UInt64(classes.digits)
            holdsMarkers = classes.markers & (1 &<< UInt32(truncatingIfNeeded: left) &- 1) != 0
            return
        }
        let count = left < Self.byteCountMax ? left : Self.byteCountMax
        let first = Self.two(text, at: offset, shift: count <= 32 ? count &- 16 : 16)
        if count <= 32 {
            words = UInt64(first.words)
            digits = UInt64(first.digits)
            holdsMarkers = first.markers != 0
            return
        }
        let last = Self.two(text, at: offset &+ count &- 32, shift: 16)
        let shift = UInt64(truncatingIfNeeded: count &- 32)
        words = UInt64(first.words) | UInt64(last.words) &<< shift
        digits = UInt64(first.digits) | UInt64(last.digits) &<< shift
        holdsMarkers = first.markers | last.markers != 0
    }

    @inlinable @inline(__always)
    static func two(_ text: RawSpan, at offset: Int, shift: Int) -> snug_byte_classes {
        snug_classify_two(
            text.trustedLoad(UInt64.self, at: offset), text.trustedLoad(UInt64.self, at: offset &+ 8),
            text.trustedLoad(UInt64.self, at: offset &+ shift), text.trustedLoad(UInt64.self, at: offset &+ shift &+ 8),
            UInt32(truncatingIfNeeded: shift))
    }

    /// Which of the first 64 bytes of `text`, which has one or more, are hexadecimal digits of either case.
    @inlinable @inline(__always)
    public static func hexDigits(in text: RawSpan) -> UInt64 {
        let left = text.byteCount
        if left <= 16 {
            let low = text.trustedWord(at: 0, upTo: left)
            return UInt64(snug_hex_digits(low, left > 8 ? text.trustedWord(at: 8, upTo: left &- 8) : 0))
        }
        let count = left < byteCountMax ? left : byteCountMax
        var digits = hexDigits(in: text, at: 0) | hexDigits(in: text, at: count &- 16)
        if count > 32 { digits |= hexDigits(in: text, at: 16) | hexDigits(in: text, at: count &- 32) }
        return digits
    }

    @inlinable @inline(__always)
    static func hexDigits(in text: RawSpan, at offset: Int) -> UInt64 {
        let low = text.trustedLoad(UInt64.self, at: offset)
        let high = text.trustedLoad(UInt64.self, at: offset &+ 8)
        return UInt64(snug_hex_digits(low, high)) &<< UInt64(truncatingIfNeeded: offset)
    }

    /// Where twelve or more bits of `mask` begin that follow each other: a bit for each such place.
    @inlinable @inline(__always)
    public static func twelves(in mask: UInt64) -> UInt64 {
        let twos = mask & mask >> 1
        // Twelve bits are eleven twos, and every eleventh place is looked at first.
        if twos & 0x0040_0801_0020_0400 == 0 { return 0 }
        let fours = twos & twos >> 2
        return fours & fours >> 4 & fours >> 8
    }
}

/// Sixteen characters in as many bits as they need.
public enum PackedText {
    /// Six bits for each of sixteen characters of URL-safe base 64, eight in the low six bytes of each word.
    /// When one is not of the 64, `isPacked` is false and the words hold nothing of use.
    @inlinable @inline(__always)
    public static func base64(_ low: UInt64, _ high: UInt64) -> (low: UInt64, high: UInt64, isPacked: Bool) {
        let packed = snug_pack_text(low, high)
        return (packed.low, packed.high, packed.others == 0)
    }

    /// Sixteen hexadecimal digits of either case in eight bytes.
    @inlinable @inline(__always)
    public static func hex(_ low: UInt64, _ high: UInt64) -> UInt64 {
        snug_pack_hex(low, high)
    }
}

/// Loads whose bounds are the caller's word, for loops that have proved them already. Debug builds check them.
extension RawSpan {
    /// What lies at `offset`, all of it inside the span.
    @inlinable @inline(__always)
    public func trustedLoad<Value: BitwiseCopyable & FixedWidthInteger>(_ type: Value.Type, at offset: Int) -> Value {
        assert(offset >= 0 && offset <= byteCount - MemoryLayout<Value>.size, "load outside the span")
        // SAFETY: the caller's word, as said above; every bit pattern is a value of an integer.
        return unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Value.self)
    }

    /// The `count` bytes at `offset`, 1 or more up to the span's end, or the first eight of them; zeros behind them.
    @inlinable @inline(__always)
    public func trustedWord(at offset: Int, upTo count: Int) -> UInt64 {
        assert(offset >= 0 && count > 0 && offset + count == byteCount, "a word outside the span")
        if count >= 8 { return trustedLoad(UInt64.self, at: offset) }
        // Two overlapping loads; for three bytes or fewer, the first, the middle and the last.
        if count >= 4 {
            let low = trustedLoad(UInt32.self, at: offset)
            let high = trustedLoad(UInt32.self, at: offset &+ count &- 4)
            return UInt64(low) | UInt64(high) &<< UInt64(truncatingIfNeeded: (count &- 4) &* 8)
        }
        let middle = count >> 1
        return UInt64(trustedLoad(UInt8.self, at: offset))
            | UInt64(trustedLoad(UInt8.self, at: offset &+ middle)) &<< UInt64(truncatingIfNeeded: middle &* 8)
            | UInt64(trustedLoad(UInt8.self, at: offset &+ count &- 1))
            &<< UInt64(truncatingIfNeeded: (count &- 1) &* 8)
    }
}

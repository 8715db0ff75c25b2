internal import SnugMemory

/// Eight bytes of text in one word, the first in the lowest byte, looked at all at once. Questions are answered by a
/// word that has the top bit of a byte set where the answer is yes; none of the sums carries from byte to byte.
struct EightBytes: BitwiseCopyable {
    static let topBits: UInt64 = 0x8080_8080_8080_8080

    let word: UInt64

    @inline(__always)
    init(_ word: UInt64) { self.word = word }

    @inline(__always)
    static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

    @inline(__always)
    private var lowBits: UInt64 { word & Self.each(0x7f) }

    /// Which bytes lie in `low...high`, both below 0x80.
    @inline(__always)
    func between(_ low: UInt64, _ high: UInt64) -> UInt64 {
        (lowBits &+ Self.each(0x80 &- low)) & ~(lowBits &+ Self.each(0x7f &- high)) & ~word & Self.topBits
    }

    /// Which bytes are below `bound`, which is at most 0x80.
    @inline(__always)
    func below(_ bound: UInt64) -> UInt64 {
        ~(lowBits &+ Self.each(0x80 &- bound)) & ~word & Self.topBits
    }

    @inline(__always)
    func equal(to byte: UInt64) -> UInt64 {
        let difference = word ^ Self.each(byte)
        return ~((difference & Self.each(0x7f)) &+ Self.each(0x7f) | difference) & Self.topBits
    }

    @inline(__always)
    var digits: UInt64 { between(0x30, 0x39) }
    @inline(__always)
    var letters: UInt64 { EightBytes(word | Self.each(0x20)).between(0x61, 0x7a) }
    /// Digits, letters, and bytes of characters that are not ASCII.
    @inline(__always)
    var wordBytes: UInt64 { digits | letters | word & Self.topBits }

    // MARK: Masks

    /// How many bytes there are before the first that `mask` marks; 8 when it marks none.
    @inline(__always)
    static func firstIndex(in mask: UInt64) -> Int { mask.trailingZeroBitCount >> 3 }

    /// The last byte that `mask` marks, which marks one.
    @inline(__always)
    static func lastIndex(in mask: UInt64) -> Int { (63 &- mask.leadingZeroBitCount) >> 3 }

    /// One bit for each byte: the low eight bits of a word, the first byte's bit lowest.
    @inline(__always)
    static func gathered(_ mask: UInt64) -> UInt64 { ((mask >> 7) &* 0x0102_0408_1020_4080) >> 56 }

    /// The bits of the first `count` bytes, fewer than eight.
    @inline(__always)
    static func first(_ count: Int) -> UInt64 { 1 &<< UInt64(truncatingIfNeeded: count &* 8) &- 1 }
}

/// Numbers in decimal.
extension EightBytes {
    /// The value of the first `count` bytes, 1 to 8, all digits.
    @inline(__always)
    func decimalValue(count: Int) -> UInt64 {
        // The digits move to the end of the word.
        EightBytes(word &<< UInt64(truncatingIfNeeded: (8 &- count) &* 8)).decimalValue(lastCount: count)
    }

    /// The value of the last `count` bytes, 1 to 8, all digits. What stands before them counts as zeros.
    @inline(__always)
    func decimalValue(lastCount count: Int) -> UInt64 {
        var sum = word & (Self.each(0x0f) &<< UInt64(truncatingIfNeeded: (8 &- count) &* 8))
        sum = (sum &* (10 << 8 | 1)) >> 8 & 0x00ff_00ff_00ff_00ff
        sum = (sum &* (100 << 16 | 1)) >> 16 & 0x0000_ffff_0000_ffff
        return (sum &* (10_000 << 32 | 1)) >> 32
    }

    /// The eight digits of a number below 10^8 as bytes 0 to 9.
    @inline(__always)
    static func decimalDigits(of value: UInt64) -> UInt64 {
        let fours = value / 10_000 | (value % 10_000) << 32
        let hundreds = (fours &* 10_486) >> 20 & 0x0000_007f_0000_007f
        let twos = hundreds | (fours &- hundreds &* 100) << 16
        let tens = (twos &* 103) >> 10 & 0x000f_000f_000f_000f
        return tens | (twos &- tens &* 10) << 8
    }
}

/// Hexadecimal digits, two to a byte.
extension EightBytes {
    /// Which bytes are hexadecimal digits with letters of the case that `letter`, a or A, has.
    @inline(__always)
    func hexDigits(letter: UInt64) -> UInt64 { digits | between(letter, letter &+ 5) }

    /// Eight hexadecimal digits of either case in four bytes. Zero bytes at the end count as zeros.
    @inline(__always)
    var packedHex: UInt64 {
        let values = (word & Self.each(0x0f)) &+ (word >> 6 & Self.each(1)) &* 9
        var packed = (values << 4 | values >> 8) & 0x00ff_00ff_00ff_00ff
        packed = (packed | packed >> 8) & 0x0000_ffff_0000_ffff
        return (packed | packed >> 16) & 0xffff_ffff
    }

    /// The eight digits of which `packed` are four bytes.
    @inline(__always)
    static func hexDigits(of packed: UInt64, letter: UInt64) -> UInt64 {
        var bytes = packed & 0xffff_ffff
        bytes = (bytes | bytes << 16) & 0x0000_ffff_0000_ffff
        bytes = (bytes | bytes << 8) & 0x00ff_00ff_00ff_00ff
        let values = bytes >> 4 & 0x000f_000f_000f_000f | (bytes & 0x000f_000f_000f_000f) << 8
        let lettered = (values &+ each(6)) >> 4 & each(1)
        return values &+ each(0x30) &+ lettered &* (letter &- 0x3a)
    }
}

/// Six bits for each of the 64 characters of URL-safe base 64, in the order of their bytes.
extension EightBytes {
    private static let hyphen: UInt64 = 0x2d
    private static let underscore: UInt64 = 0x5f

    @inline(__always)
    var isAllBase64: Bool {
        digits | letters | equal(to: Self.hyphen) | equal(to: Self.underscore) == Self.topBits
    }

    /// Eight characters of the 64 in six bytes.
    @inline(__always)
    var packedBase64: UInt64 {
        var values = word &- Self.each(Self.hyphen)
        values &-= (between(0x30, 0x7f) >> 7) &* 2 &+ (between(0x41, 0x7f) >> 7) &* 7
        values &-= (between(0x5f, 0x7f) >> 7) &* 4 &+ between(0x61, 0x7f) >> 7
        values = values & 0x003f_003f_003f_003f | values >> 2 & 0x0fc0_0fc0_0fc0_0fc0
        values = values & 0x0000_0fff_0000_0fff | values >> 4 & 0x00ff_f000_00ff_f000
        return values & 0xff_ffff | values >> 8 & 0xffff_ff00_0000
    }

    /// The eight characters of which `packed` are six bytes.
    @inline(__always)
    static func base64Characters(of packed: UInt64) -> UInt64 {
        var values = packed & 0xff_ffff | (packed & 0xffff_ff00_0000) << 8
        values = values & 0x0000_0fff_0000_0fff | (values & 0x00ff_f000_00ff_f000) << 4
        values = values & 0x003f_003f_003f_003f | (values & 0x0fc0_0fc0_0fc0_0fc0) << 2
        let lanes = EightBytes(values)
        var characters = values &+ each(hyphen)
        characters &+= (lanes.between(1, 0x7f) >> 7) &* 2 &+ (lanes.between(11, 0x7f) >> 7) &* 7
        characters &+= (lanes.between(37, 0x7f) >> 7) &* 4 &+ lanes.between(38, 0x7f) >> 7
        return characters
    }
}

extension RawSpan {
    /// The eight bytes at `offset`, which is at most `byteCount`, with zeros behind the span's end. Near the end of all
    /// but the shortest spans this is one load, too.
    @inline(__always)
    func paddedWord(at offset: Int) -> UInt64 {
        let left = byteCount &- offset
        if left >= 8 { return load(UInt64.self, at: offset) }
        if byteCount < 8 { return lastWord(from: offset) }
        // Shifted twice, because a shift by 64 would be one by 0.
        let missing = UInt64(truncatingIfNeeded: (7 &- left) &* 8)
        return (load(UInt64.self, at: byteCount &- 8) &>> missing) >> 8
    }
}

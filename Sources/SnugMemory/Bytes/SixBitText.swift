/// Text of the 64 characters A-Z a-z 0-9 _ - in six bits each: four characters in three bytes, the first in the lowest
/// bits. Eight characters a step, without a table and without a branch on a character.
public enum SixBitText {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Bytes of `count` packed characters.
    @inlinable
    public static func byteCount(ofCharacters count: Int) -> Int { (count &* 6 &+ 7) &>> 3 }

    /// How many characters `byteCount` bytes hold; `isShort` when they are 3 modulo 4, which takes as many bytes as one
    /// character more.
    @inlinable
    public static func characterCount(ofBytes byteCount: Int, isShort: Bool) -> Int {
        byteCount / 3 * 4 + byteCount % 3 - (isShort ? 1 : 0)
    }

    /// Appends the packed form of `text`. False, and nothing is appended, when a byte is not one of the 64.
    public static func pack(_ text: RawSpan, into packed: inout GrowableBytes) -> Bool {
        let start = packed.count
        let count = text.byteCount
        packed.reserve(byteCount(ofCharacters: count) + 8)
        var offset = 0
        while offset < count {
            let characters = min(8, count - offset)
            let word = characters == 8 ? text.load(UInt64.self, at: offset) : text.lastWord(from: offset)
            guard let codes = codes(of: word, count: characters) else {
                packed.truncate(to: start)
                return false
            }
            packed.append(bytesOf: squeezed(codes))
            offset += 8
            packed.truncate(to: start + byteCount(ofCharacters: min(offset, count)))
        }
        return true
    }

    /// Appends the `count` characters of their packed form, which must have the bytes for them.
    public static func unpack(_ packed: RawSpan, count: Int, into text: inout GrowableBytes) {
        let start = text.count
        text.reserve(count + 8)
        var offset = 0
        var written = 0
        while written < count {
            let left = packed.byteCount - offset
            let word: UInt64
            if left >= 8 {
                word = packed.load(UInt64.self, at: offset)
            } else {
                word = packed.lastWord(from: offset)
            }
            text.append(bytesOf: characters(of: spread(word)))
            offset += 6
            written += 8
            text.truncate(to: start + min(written, count))
        }
    }

    /// Which bytes, all below 0x80, are at least `bound`: their highest bits.
    private static func atLeast(_ word: UInt64, _ bound: UInt8) -> UInt64 {
        ((word | highs) &- ones &* UInt64(bound)) & highs
    }

    /// 0x01 in each byte whose highest bit is set.
    private static func flags(_ highBits: UInt64) -> UInt64 { highBits &>> 7 }

    private static func codes(of word: UInt64, count: Int) -> UInt64? {
        guard word & highs == 0 else { return nil }
        let digits = atLeast(word, 48) & ~atLeast(word, 58)
        let capitals = atLeast(word, 65) & ~atLeast(word, 91)
        let underscores = atLeast(word, 95) & ~atLeast(word, 96)
        let letters = atLeast(word, 97) & ~atLeast(word, 123)
        let dashes = atLeast(word, 45) & ~atLeast(word, 46)
        let wanted = count == 8 ? highs : highs & (1 &<< UInt64(count &* 8) &- 1)
        guard (digits | capitals | underscores | letters | dashes) & wanted == wanted else { return nil }
        let known = (digits | capitals | underscores | letters | dashes) & wanted
        let mask = flags(known) &* 0xff
        // What each kind adds to or takes from a character to give its code; no byte crosses into the next.
        let added = flags(digits) &* 4 &+ flags(dashes) &* 18
        let taken = flags(capitals) &* 65 &+ flags(underscores) &* 33 &+ flags(letters) &* 71
        return ((word & mask) &+ (added & mask)) &- (taken & mask)
    }

    private static func characters(of codes: UInt64) -> UInt64 {
        let (from26, from52) = (flags(atLeast(codes, 26)), flags(atLeast(codes, 52)))
        let (from62, from63) = (flags(atLeast(codes, 62)), flags(atLeast(codes, 63)))
        let raised = codes &+ ones &* 65 &+ from26 &* 6 &+ from62 &* 37
        return raised &- (from52 &* 75 &+ from63 &* 51)
    }

    /// Eight codes in the low six bits of eight bytes, moved together into 48 bits.
    private static func squeezed(_ codes: UInt64) -> UInt64 {
        var word = codes
        word = word & 0x003f_003f_003f_003f | (word & 0x3f00_3f00_3f00_3f00) &>> 2
        word = word & 0x0000_0fff_0000_0fff | (word & 0x0fff_0000_0fff_0000) &>> 4
        return word & 0xff_ffff | (word &>> 32 & 0xff_ffff) &<< 24
    }

    private static func spread(_ bits: UInt64) -> UInt64 {
        var word = bits & 0xff_ffff | (bits &>> 24 & 0xff_ffff) &<< 32
        word = word & 0x0000_0fff_0000_0fff | (word & 0x00ff_f000_00ff_f000) &<< 4
        word = word & 0x003f_003f_003f_003f | (word & 0x0fc0_0fc0_0fc0_0fc0) &<< 2
        return word
    }
}

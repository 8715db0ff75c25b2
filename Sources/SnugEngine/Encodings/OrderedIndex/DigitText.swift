internal import SnugMemory

/// Text of decimal digits in half a byte each, the first in the high half: 1 to 10 for `0` to `9`, and 0 for the half
/// that is left over behind an odd number of digits. The order of the packed bytes is that of the text.
enum DigitText {
    /// Bytes of the packed form of the bytes of `text` from `offset` on; nil when they are not all digits.
    @inline(__always)
    static func byteCount(of text: RawSpan, from offset: Int) -> Int? {
        for place in offset..<text.byteCount where text[place] &- 48 > 9 { return nil }
        return (text.byteCount &- offset &+ 1) &>> 1
    }

    /// Writes the packed form of the bytes of `text` from `start` on, which must be digits.
    static func write(_ text: RawSpan, from start: Int, to block: Block, at offset: Int) {
        var (place, offset) = (start, offset)
        while place < text.byteCount {
            let high = (text[place] &- 47) &<< 4
            let low = place &+ 1 < text.byteCount ? text[place &+ 1] &- 47 : 0
            block.store(high | low, at: offset)
            place &+= 2
            offset &+= 1
        }
    }

    /// Appends the digits of `byteCount` packed bytes of `block`.
    @inline(__always)
    static func append(_ block: Block, at offset: Int, byteCount: Int, to text: inout GrowableBytes) {
        for place in offset..<offset &+ byteCount {
            let pair = block.load(UInt8.self, at: place)
            text.append(pair &>> 4 &+ 47)
            if pair & 15 != 0 { text.append(pair & 15 &+ 47) }
        }
    }

    /// The packed form of the bytes of `text` from `start` on as a number, from the highest bits down; nil when they
    /// are not all digits or more than sixteen. The order of such numbers is that of the texts.
    @inline(__always)
    static func word(of text: RawSpan, from start: Int) -> UInt64? {
        guard text.byteCount &- start <= 16 else { return nil }
        var word: UInt64 = 0
        var shift: UInt64 = 60
        for place in start..<text.byteCount {
            let digit = text[place] &- 48
            guard digit <= 9 else { return nil }
            word |= UInt64(digit &+ 1) &<< shift
            shift = shift &- 4
        }
        return word
    }

    /// The same of `byteCount` packed bytes, at most 8.
    @inline(__always)
    static func word(_ block: Block, at offset: Int, byteCount: Int) -> UInt64 {
        guard byteCount > 0 else { return 0 }
        let word = block.loadInteger(at: offset, byteCount: byteCount)
        return word.byteSwapped
    }

    /// The order of the digits in `byteCount` packed bytes of `block` and of `text` from `start` on.
    static func order(_ block: Block, at offset: Int, byteCount: Int, _ text: RawSpan, from start: Int) -> Int {
        var place = start
        for packed in offset..<offset + byteCount {
            let pair = block.load(UInt8.self, at: packed)
            for shift in stride(from: 4, through: 0, by: -4) {
                let half = pair &>> UInt8(shift) & 15
                if half == 0 { break }
                guard place < text.byteCount else { return 1 }
                let order = Int(half + 47) - Int(text[place])
                if order != 0 { return order }
                place += 1
            }
        }
        return place - text.byteCount
    }
}

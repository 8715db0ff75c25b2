internal import SnugMemory

/// Unsigned numbers of one width next to each other, in a block that somebody else owns.
///
///     width      0   1   2   3   4   5   6   7   8   9   10  11
///     bits       0   1   2   4   8   16  24  32  40  48  56  64
///
/// Numbers of fewer than eight bits fill bytes from the low end; the others are little-endian.
struct IntegerColumn: BitwiseCopyable {
    let block: Block
    let offset: Int
    let width: UInt8

    /// The largest width of less than a byte.
    static let narrowWidthMax: UInt8 = 3

    @inline(__always)
    static func bitCount(_ width: UInt8) -> Int { width < 4 ? Int(1 << width) >> 1 : (Int(width) &- 3) &* 8 }

    /// Bytes of `count` numbers.
    @inline(__always)
    static func byteCount(_ width: UInt8, count: Int) -> Int { (bitCount(width) &* count &+ 7) &>> 3 }

    /// The smallest width that holds `number`.
    static func width(of number: UInt64) -> UInt8 {
        let bits = 64 - number.leadingZeroBitCount
        switch bits {
        case 0, 1, 2: return UInt8(bits)
        case 3, 4: return 3
        default: return UInt8((bits + 7) / 8) + 3
        }
    }

    /// The largest number of a width.
    static func largest(_ width: UInt8) -> UInt64 {
        let bits = bitCount(width)
        return bits == 0 ? 0 : UInt64.max >> UInt64(64 - bits)
    }

    subscript(_ index: Int) -> UInt64 {
        @inline(__always) get {
            let bits = Self.bitCount(width)
            if bits < 8 {
                if bits == 0 { return 0 }
                let place = index &* bits
                let byte = block.load(UInt8.self, at: offset &+ place &>> 3)
                return UInt64(byte &>> UInt8(truncatingIfNeeded: place & 7)) & ((1 &<< UInt64(bits)) &- 1)
            }
            return block.loadInteger(at: offset &+ index &* (bits &>> 3), byteCount: bits &>> 3)
        }
        nonmutating set {
            let bits = Self.bitCount(width)
            if bits < 8 {
                if bits == 0 { return }
                let place = index &* bits
                let shift = UInt8(truncatingIfNeeded: place & 7)
                let mask = UInt8((1 << bits) - 1) &<< shift
                let byte = block.load(UInt8.self, at: offset &+ place &>> 3)
                let bitsOfNew = UInt8(truncatingIfNeeded: newValue) &<< shift
                block.store(byte & ~mask | bitsOfNew, at: offset &+ place &>> 3)
                return
            }
            block.storeInteger(newValue, at: offset &+ index &* (bits &>> 3), byteCount: bits &>> 3)
        }
    }

    /// Gives the first `count` numbers another width, which is larger and for which there is room. The last go first,
    /// because they do not reach into the narrow ones before them.
    func widen(to width: UInt8, count: Int) {
        let wide = IntegerColumn(block: block, offset: offset, width: width)
        for index in (0..<count).reversed() { wide[index] = self[index] }
    }

    /// Makes room for one more number before `index` among `count`, which have the room for it behind them, and stores
    /// it.
    func insert(_ number: UInt64, at index: Int, count: Int) {
        let bits = Self.bitCount(width)
        if bits >= 8 {
            let byteCount = bits >> 3
            let place = offset + index * byteCount
            block.move(from: place, to: place + byteCount, byteCount: (count - index) * byteCount)
            self[index] = number
        } else if bits > 0 {
            insertBits(UInt8(truncatingIfNeeded: number), at: index * bits, bits, used: count * bits)
        }
    }

    /// Closes the gap that the number at `index` among `count` leaves.
    func remove(at index: Int, count: Int) {
        let bits = Self.bitCount(width)
        if bits >= 8 {
            let byteCount = bits >> 3
            let place = offset + index * byteCount
            block.move(from: place + byteCount, to: place, byteCount: (count - index - 1) * byteCount)
        } else if bits > 0 {
            removeBits(at: index * bits, bits, used: count * bits)
        }
    }

    /// Shifts the bits from `place` on up by `bits`, fewer than eight, a byte at a time from the last. A byte that
    /// begins with this is not read.
    private func insertBits(_ number: UInt8, at place: Int, _ bits: Int, used: Int) {
        let first = offset + place >> 3
        let lastUsed = offset + (used + 7) >> 3 - 1
        var last = offset + (used + bits + 7) >> 3 - 1
        while last > first {
            let carried = block.load(UInt8.self, at: last - 1) >> UInt8(8 - bits)
            let kept = last <= lastUsed ? block.load(UInt8.self, at: last) << UInt8(bits) : 0
            block.store(kept | carried, at: last)
            last -= 1
        }
        let byte = first <= lastUsed ? block.load(UInt8.self, at: first) : 0
        let below = UInt8(1) << UInt8(place & 7) - 1
        block.store(byte & below | number << UInt8(place & 7) | (byte & ~below) << UInt8(bits), at: first)
    }

    /// Shifts the bits behind `place` down by `bits`, fewer than eight, a byte at a time.
    private func removeBits(at place: Int, _ bits: Int, used: Int) {
        var byteOffset = offset + place >> 3
        let last = offset + (used + 7) >> 3 - 1
        let below = UInt8(1) << UInt8(place & 7) - 1
        var byte = block.load(UInt8.self, at: byteOffset)
        var kept = byte & below
        var mask = ~below
        while true {
            let next = byteOffset < last ? block.load(UInt8.self, at: byteOffset + 1) : 0
            block.store(kept | (byte >> UInt8(bits)) & mask | next << UInt8(8 - bits), at: byteOffset)
            if byteOffset == last { return }
            (byte, kept, mask) = (next, 0, .max)
            byteOffset += 1
        }
    }

    /// Whether one of the first `count` numbers is `number`, that at `exception` left out of account.
    func contains(_ number: UInt64, count: Int, besides exception: Int = -1) -> Bool {
        for index in 0..<count where index != exception && self[index] == number { return true }
        return false
    }

    /// Puts a number that the width holds in the place of one of the first `count`. False, and nothing changes, if a
    /// smaller width would do afterwards.
    @inline(__always)
    func replace(at index: Int, with number: UInt64, count: Int) -> Bool {
        let former = self[index]
        self[index] = number
        if number >= former { return true }
        let narrower = Self.largest(width &- 1)
        // The former one may have been the only one that needed this width.
        if former <= narrower || number > narrower || needsWidth(count: count) { return true }
        self[index] = former
        return false
    }

    /// The bits that numbers of the next smaller width do not have, in each byte, by width.
    private static let upperBits: InlineArray<5, UInt8> = [0, 0b1111_1111, 0b1010_1010, 0b1100_1100, 0b1111_0000]

    /// Whether one of the first `count` numbers is too large for the next smaller width. The width must not be 0.
    private func needsWidth(count: Int) -> Bool {
        guard width < Self.upperBits.count else {
            let narrower = Self.largest(width - 1)
            for index in 0..<count where self[index] > narrower { return true }
            return false
        }
        let upperBits = EightBytes.each(UInt64(Self.upperBits[Int(width)]))
        var (bitsLeft, place) = (Self.bitCount(width) * count, offset)
        while bitsLeft > 0 {
            var word = block.loadInteger(at: place, byteCount: min(8, (bitsLeft + 7) >> 3))
            if bitsLeft < 64 { word &= 1 << UInt64(bitsLeft) - 1 }
            if word & upperBits != 0 { return true }
            place += 8
            bitsLeft -= 64
        }
        return false
    }
}

extension Block {
    /// `byteCount` bytes, up to eight, as a little-endian number.
    @inline(__always)
    func loadInteger(at offset: Int, byteCount: Int) -> UInt64 {
        switch byteCount {
        case 0: return 0
        case 1: return UInt64(load(UInt8.self, at: offset))
        case 2: return UInt64(load(UInt16.self, at: offset))
        case 3: return UInt64(load(UInt16.self, at: offset)) | UInt64(load(UInt8.self, at: offset &+ 2)) &<< 16
        case 4: return UInt64(load(UInt32.self, at: offset))
        case 8: return load(UInt64.self, at: offset)
        default:
            let low = UInt64(load(UInt32.self, at: offset))
            let high = UInt64(load(UInt32.self, at: offset &+ byteCount &- 4))
            return low | high &<< UInt64(truncatingIfNeeded: (byteCount &- 4) &* 8)
        }
    }

    @inline(__always)
    func storeInteger(_ number: UInt64, at offset: Int, byteCount: Int) {
        switch byteCount {
        case 0: break
        case 1: store(UInt8(truncatingIfNeeded: number), at: offset)
        case 2: store(UInt16(truncatingIfNeeded: number), at: offset)
        case 3:
            store(UInt16(truncatingIfNeeded: number), at: offset)
            store(UInt8(truncatingIfNeeded: number &>> 16), at: offset &+ 2)
        case 4: store(UInt32(truncatingIfNeeded: number), at: offset)
        case 8: store(number, at: offset)
        default:
            store(UInt32(truncatingIfNeeded: number), at: offset)
            let shift = UInt64(truncatingIfNeeded: (byteCount &- 4) &* 8)
            store(UInt32(truncatingIfNeeded: number &>> shift), at: offset &+ byteCount &- 4)
        }
    }
}

/// A signed integer in as few bytes as it needs: even numbers stand for 0, 1, 2, …, odd ones for -1, -2, ….
@inline(__always)
func zigzag(_ integer: Int64) -> UInt64 { UInt64(bitPattern: integer &<< 1 ^ integer &>> 63) }

@inline(__always)
func unzigzag(_ number: UInt64) -> Int64 { Int64(bitPattern: number &>> 1) ^ -Int64(bitPattern: number & 1) }

/// Bytes of a number without its leading zero bytes.
@inline(__always)
func significantByteCount(_ number: UInt64) -> Int { (71 &- number.leadingZeroBitCount) &>> 3 }

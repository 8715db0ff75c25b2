/// XXH3 with 64 bits, without a seed, after the public description of the algorithm (xxHash fast digest algorithm,
/// version 0.2.0, `xxhash_spec.md`). It tells different contents apart; it is no protection against somebody who looks
/// for equal digests.
///
///     bytes      0   1–3   4–8   9–16   17–128   129–240   241 –
///     by         ·   one mix each ···   sums of 16-byte    eight sums over blocks of 1,024 bytes,
///                                       products           64 at a time
extension RawSpan {
    /// The digest. Eight bytes a step or more.
    public var xxh3: UInt64 {
        switch byteCount {
        case 0: XXH3.avalanche64(XXH3.secret[56] ^ XXH3.secret[64])
        case 1...3: XXH3.ofUpTo3(self)
        case 4...8: XXH3.ofUpTo8(self)
        case 9...16: XXH3.ofUpTo16(self)
        case 17...128: XXH3.ofUpTo128(self)
        case 129...240: XXH3.ofUpTo240(self)
        default: XXH3.ofMany(self)
        }
    }
}

private enum XXH3 {
    private static let prime32: (UInt64, UInt64, UInt64) = (0x9e37_79b1, 0x85eb_ca77, 0xc2b2_ae3d)
    private static let prime1: UInt64 = 0x9e37_79b1_85eb_ca87
    private static let prime2: UInt64 = 0xc2b2_ae3d_27d4_eb4f
    private static let prime3: UInt64 = 0x1656_67b1_9e37_79f9
    private static let prime4: UInt64 = 0x85eb_ca77_c2b2_ae63
    private static let prime5: UInt64 = 0x27d4_eb2f_1656_67c5
    private static let mixing1: UInt64 = 0x1656_6791_9e37_79f9
    private static let mixing2: UInt64 = 0x9fb2_1c65_1e98_df25

    /// The algorithm's 192 secret bytes; `secret[n]` is the word that begins with byte `n`.
    static let secret = Secret()

    struct Secret: Sendable {
        private let words: InlineArray<24, UInt64> = [
            0xbe4b_a423_396c_feb8, 0x1cad_21f7_2c81_017c, 0xdb97_9083_e96d_d4de, 0x1f67_b3b7_a4a4_4072,
            0x78e5_c0cc_4ee6_79cb, 0x2172_ffcc_7dd0_5a82, 0x8e24_43f7_7446_08b8, 0x4c26_3a81_e690_35e0,
            0xcb00_c391_bb52_283c, 0xa32e_531b_8b65_d088, 0x4ef9_0da2_9748_6471, 0xd8ac_dea9_46ef_1938,
            0x3f34_9ce3_3f76_faa8, 0x1d4f_0bc7_c7bb_dcf9, 0x3159_b4cd_4be0_518a, 0x6473_78d9_c97e_9fc8,
            0xc3eb_d334_83ac_c5ea, 0xeb63_13fa_ffa0_81c5, 0x49da_f0b7_51dd_0d17, 0x9e68_d429_2655_16d3,
            0xfca1_477d_58be_162b, 0xce31_d07a_d1b8_f88f, 0x2804_1695_8f3a_cb45, 0x7e40_4bbb_cafb_d7af,
        ]

        subscript(_ offset: Int) -> UInt64 {
            let (index, shift) = (offset >> 3, UInt64(offset & 7) &* 8)
            if shift == 0 { return words[index] }
            return words[index] &>> shift | words[index &+ 1] &<< (64 &- shift)
        }
    }

    // MARK: Mixing

    @inline(__always)
    static func avalanche(_ value: UInt64) -> UInt64 {
        let mixed = (value ^ value &>> 37) &* mixing1
        return mixed ^ mixed &>> 32
    }

    @inline(__always)
    static func avalanche64(_ value: UInt64) -> UInt64 {
        var mixed = (value ^ value &>> 33) &* prime2
        mixed = (mixed ^ mixed &>> 29) &* prime3
        return mixed ^ mixed &>> 32
    }

    /// Both halves of a product of 128 bits in one word.
    @inline(__always)
    private static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (high, low) = left.multipliedFullWidth(by: right)
        return high ^ low
    }

    @inline(__always)
    private static func word(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.load(UInt64.self, at: offset))
    }

    @inline(__always)
    private static func half(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
        UInt64(UInt32(littleEndian: bytes.load(UInt32.self, at: offset)))
    }

    /// Sixteen bytes from `offset` on, with those of the secret from `secretOffset` on.
    @inline(__always)
    private static func mixed(_ bytes: RawSpan, _ offset: Int, _ secretOffset: Int) -> UInt64 {
        folded(
            word(bytes, offset) ^ secret[secretOffset], word(bytes, offset &+ 8) ^ secret[secretOffset &+ 8])
    }

    @inline(__always)
    private static func rotated(_ value: UInt64, _ distance: UInt64) -> UInt64 {
        value &<< distance | value &>> (64 &- distance)
    }

    // MARK: Short

    static func ofUpTo3(_ bytes: RawSpan) -> UInt64 {
        let count = bytes.byteCount
        let ends = UInt64(bytes[count - 1]) | UInt64(count) << 8
        let combined = ends | UInt64(bytes[0]) << 16 | UInt64(bytes[count >> 1]) << 24
        let first = secret[0]
        return avalanche64((first ^ first >> 32) & 0xffff_ffff ^ combined)
    }

    static func ofUpTo8(_ bytes: RawSpan) -> UInt64 {
        let count = bytes.byteCount
        let combined = half(bytes, count - 4) | half(bytes, 0) << 32
        var value = secret[8] ^ secret[16] ^ combined
        value = (value ^ rotated(value, 49) ^ rotated(value, 24)) &* mixing2
        value = (value ^ (value &>> 35 &+ UInt64(count))) &* mixing2
        return value ^ value &>> 28
    }

    static func ofUpTo16(_ bytes: RawSpan) -> UInt64 {
        let count = bytes.byteCount
        let low = secret[24] ^ secret[32] ^ word(bytes, 0)
        let high = secret[40] ^ secret[48] ^ word(bytes, count - 8)
        return avalanche(UInt64(count) &+ low.byteSwapped &+ high &+ folded(low, high))
    }

    // MARK: Medium

    static func ofUpTo128(_ bytes: RawSpan) -> UInt64 {
        let count = bytes.byteCount
        var sum = UInt64(count) &* prime1
        for round in 0...(count - 1) >> 5 {
            sum &+= mixed(bytes, round * 16, round * 32)
            sum &+= mixed(bytes, count - round * 16 - 16, round * 32 + 16)
        }
        return avalanche(sum)
    }

    static func ofUpTo240(_ bytes: RawSpan) -> UInt64 {
        let count = bytes.byteCount
        var sum = UInt64(count) &* prime1
        for chunk in 0..<8 { sum &+= mixed(bytes, chunk * 16, chunk * 16) }
        sum = avalanche(sum)
        for chunk in 8..<count >> 4 { sum &+= mixed(bytes, chunk * 16, (chunk - 8) * 16 + 3) }
        return avalanche(sum &+ mixed(bytes, count - 16, 119))
    }

    // MARK: Long

    static func ofMany(_ bytes: RawSpan) -> UInt64 {
        let count = bytes.byteCount
        var sums: InlineArray<8, UInt64> = [
            prime32.2, prime1, prime2, prime3, prime4, prime32.1, prime5, prime32.0,
        ]
        // The last block is left for what follows, even a full one.
        let blockCount = (count - 1) / 1_024
        for block in 0..<blockCount {
            for stripe in 0..<16 { add(bytes, block &* 1_024 &+ stripe &* 64, secretOffset: stripe &* 8, &sums) }
            for lane in 0..<8 {
                let value = sums[lane] ^ sums[lane] &>> 47 ^ secret[128 &+ lane &* 8]
                sums[lane] = value &* prime32.0
            }
        }
        let start = blockCount * 1_024
        for stripe in 0..<(count - start - 1) / 64 {
            add(bytes, start + stripe * 64, secretOffset: stripe * 8, &sums)
        }
        add(bytes, count - 64, secretOffset: 121, &sums)
        var digest = UInt64(count) &* prime1
        for pair in 0..<4 {
            let (left, right) = (sums[pair * 2] ^ secret[11 + pair * 16], sums[pair * 2 + 1] ^ secret[19 + pair * 16])
            digest &+= folded(left, right)
        }
        return avalanche(digest)
    }

    /// Adds the 64 bytes from `offset` on, each eight to a sum of their own and as they are to its neighbour.
    @inline(__always)
    private static func add(
        _ bytes: RawSpan, _ offset: Int, secretOffset: Int, _ sums: inout InlineArray<8, UInt64>
    ) {
        for lane in 0..<8 {
            let data = word(bytes, offset &+ lane &* 8)
            let keyed = data ^ secret[secretOffset &+ lane &* 8]
            sums[lane ^ 1] &+= data
            sums[lane] &+= (keyed & 0xffff_ffff) &* (keyed &>> 32)
        }
    }
}

internal import SnugMemory

/// 160 bits that are the same for the same content, in any process: what DEBUG DIGEST shows. Three keyed hashes with
/// fixed keys, so that it is good against accidents and not against whoever knows them. Nothing at all is zero.
package struct ContentDigest: Sendable, Equatable {
    private var first: UInt64
    private var second: UInt64
    /// Only the low half is shown.
    private var third: UInt64

    /// The digest of nothing.
    package static let empty = ContentDigest(first: 0, second: 0, third: 0)

    private static let firstHash = KeyedHash(key0: 0x243f_6a88_85a3_08d3, key1: 0x1319_8a2e_0370_7344)
    private static let secondHash = KeyedHash(key0: 0xa409_3822_299f_31d0, key1: 0x082e_fa98_ec4e_6c89)
    private static let thirdHash = KeyedHash(key0: 0x4528_21e6_38d0_1377, key1: 0xbe54_66cf_34e9_0c6c)

    private init(first: UInt64, second: UInt64, third: UInt64) {
        self.first = first
        self.second = second
        self.third = third
    }

    /// The digest of some bytes.
    init(of bytes: RawSpan) {
        self.init(
            first: Self.firstHash.hash(bytes), second: Self.secondHash.hash(bytes), third: Self.thirdHash.hash(bytes))
    }

    /// The digest of a number.
    init(of number: Int) {
        self.init(of: DecimalDigits(Int64(number)).bytes)
    }

    /// The digest of this and then `next`; the order matters.
    func followed(by next: ContentDigest) -> ContentDigest {
        ContentDigest(
            first: Self.firstHash.hash(first, next.first), second: Self.secondHash.hash(second, next.second),
            third: Self.thirdHash.hash(third, next.third))
    }

    /// Adds a member of a collection in which the order does not matter. Two equal members do not cancel out.
    mutating func add(_ member: ContentDigest) {
        first &+= member.first
        second &+= member.second
        third &+= member.third
    }

    /// 40 hexadecimal digits in lower case.
    package var hexadecimal: String {
        func digits(_ word: UInt64, _ count: Int) -> String {
            let text = String(word, radix: 16)
            return String(repeating: "0", count: count - text.count) + text
        }
        return digits(first, 16) + digits(second, 16) + digits(third & 0xffff_ffff, 8)
    }
}

extension KeyedHash {
    /// The hash of two words.
    fileprivate func hash(_ first: UInt64, _ second: UInt64) -> UInt64 {
        var state = SipState(key0: key0, key1: key1)
        state.absorb(first)
        state.absorb(second)
        return state.finish()
    }
}

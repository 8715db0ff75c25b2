internal import SnugClient

/// How the items of a workload are called.
enum Names: String, CaseIterable {
    /// The second article's: `user:17:blocked`; in buckets `user:blocked:0` and field `17`. Counted from 1.
    case flag
    /// The first article's: `17`; in buckets `0` and field `17`. Counted from 0, as are the others.
    case number
    /// `000000000017`
    case padded
    /// `3f0c9a52-7b1e-4d08-a6c4-0e9f5d217b83`
    case uuid
    /// 16 digits
    case hexadecimal
    /// 20 letters and digits
    case text

    /// Neighbours share a bucket when names are numbers; all others are spread by a hash.
    var isNumeric: Bool { self == .flag || self == .number || self == .padded }

    var title: String {
        switch self {
        case .flag: "flags"
        case .number: "numbers"
        case .padded: "zero-padded numbers"
        case .uuid: "UUIDs"
        case .hexadecimal: "hexadecimal"
        case .text: "random text"
        }
    }

    /// The name of item `index`, which as a plain key stands between `user:` and `:blocked` for flags.
    func append(_ index: Int, seed: UInt64, to bytes: inout [UInt8]) {
        switch self {
        case .flag: CommandBuffer.appendDecimal(index + 1, to: &bytes)
        case .number: CommandBuffer.appendDecimal(index, to: &bytes)
        case .padded: Self.appendPadded(index, to: &bytes)
        case .uuid: Self.appendUUID(Mixing.bits(seed, 2 * index), Mixing.bits(seed, 2 * index + 1), to: &bytes)
        case .hexadecimal: Self.appendHexadecimal(Mixing.bits(seed, index), digits: 16, to: &bytes)
        case .text: Self.appendText(Mixing.bits(seed, 2 * index), Mixing.bits(seed, 2 * index + 1), to: &bytes)
        }
    }

    private static func appendPadded(_ index: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(48, count: 12))
        var rest = index
        var place = start + 11
        while rest > 0, place >= start {
            bytes[place] = 48 &+ UInt8(rest % 10)
            rest /= 10
            place -= 1
        }
    }

    private static func appendHexadecimal(_ bits: UInt64, digits: Int, to bytes: inout [UInt8]) {
        for place in stride(from: (digits - 1) * 4, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: bits >> UInt64(place)) & 15
            bytes.append(digit < 10 ? 48 + digit : 87 + digit)
        }
    }

    /// Version 4: random but for the bits that say so.
    private static func appendUUID(_ high: UInt64, _ low: UInt64, to bytes: inout [UInt8]) {
        let high = high & ~0xf000 | 0x4000
        let low = low & ~(3 << 62) | 2 << 62
        appendHexadecimal(high >> 32, digits: 8, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendHexadecimal(high >> 16, digits: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendHexadecimal(high, digits: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendHexadecimal(low >> 48, digits: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendHexadecimal(low, digits: 12, to: &bytes)
    }

    /// Ten characters from each word: 62 to the tenth is just below 2 to the sixtieth.
    private static func appendText(_ first: UInt64, _ second: UInt64, to bytes: inout [UInt8]) {
        for word in [first, second] {
            var rest = word
            for _ in 0..<10 {
                bytes.append(letter(Int(rest % 62)))
                rest /= 62
            }
        }
    }

    static func letter(_ number: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: number < 10 ? 48 + number : number < 36 ? 55 + number : 61 + number)
    }
}

/// What the items hold.
enum Values: Equatable {
    /// `1` for every seventh item, else `0`: the second article's.
    case flag
    /// A number from 0 to 96.
    case small
    /// Letters and digits.
    case text(byteCount: Int)

    func append(_ index: Int, seed: UInt64, to bytes: inout [UInt8]) {
        switch self {
        case .flag: bytes.append((index + 1) % 7 == 0 ? 49 : 48)
        case .small: CommandBuffer.appendDecimal(index % 97, to: &bytes)
        case .text(let byteCount):
            var rest = Mixing.bits(seed ^ 0x76_616c_7565, index) | 1 << 63
            let word = rest
            for place in 0..<byteCount {
                // The first is a letter, so that no value reads as a number, which a server would store as one.
                bytes.append(Names.letter(place == 0 ? 10 + Int(rest % 52) : Int(rest % 62)))
                rest /= 62
                if rest == 0 { rest = Mixing.bits(word, place) }
            }
        }
    }
}

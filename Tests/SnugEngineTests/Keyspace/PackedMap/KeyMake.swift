@testable import SnugEngine

/// The kinds of key that the key reader tells apart. Key number n of a make is the same whenever it is asked for.
enum KeyMake: CaseIterable {
    case dense, sparse, padded, severalNumbers, uuid, hex, email, text, long, binary

    func key(_ number: Int) -> [UInt8] {
        switch self {
        case .dense: bytes("user:\(number):blocked")
        case .sparse: bytes("user:\(mixed(number) % 1_000_000_000)")
        case .padded: bytes("key:" + padded(String(number), 12))
        case .severalNumbers: bytes("a\(number % 7):b\(number / 7)/c\(number % 3)")
        case .uuid: bytes("session:" + uuid(number))
        case .hex: bytes("blob:" + hex(number, 32))
        case .email: bytes("mail:\(letters(number, 8))@\(letters(number % 3, 5)).example")
        case .text: bytes(letters(number, 20))
        case .long: bytes(letters(number, 8) + String(repeating: "-long ", count: 100 + number % 5))
        case .binary: binary(number)
        }
    }

    private func binary(_ number: Int) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: mixed(number) >> (8 * $0)) } + [0, 1, UInt8(number & 15)]
    }

    private func uuid(_ number: Int) -> String {
        let digits = Array(hex(number, 32))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }

    private func hex(_ number: Int, _ digitCount: Int) -> String {
        // One digit is a letter for certain, so that the word is no decimal number.
        var text = "a"
        while text.count < digitCount { text += padded(String(mixed(number &* 64 &+ text.count), radix: 16), 16) }
        return String(text.prefix(digitCount))
    }

    private func padded(_ digits: String, _ count: Int) -> String {
        String(repeating: "0", count: count - digits.count) + digits
    }
}

/// Letters that follow from a number and hardly repeat.
func letters(_ number: Int, _ count: Int) -> String {
    var text: [UInt8] = []
    var rest = 0
    for place in 0..<count {
        if place % 12 == 0 { rest = mixed(number &* 64 &+ place) }
        text.append(UInt8(97 + rest % 26))
        rest /= 26
    }
    return String(decoding: text, as: UTF8.self)
}

/// A number of 63 bits that looks drawn by chance.
func mixed(_ number: Int) -> Int {
    var bits = UInt64(bitPattern: Int64(number)) &+ 0x9e37_79b9_7f4a_7c15
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return Int(bits >> 1 ^ bits >> 32)
}

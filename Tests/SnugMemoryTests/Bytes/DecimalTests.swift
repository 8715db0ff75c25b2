import SnugMemory
import Testing

@Suite struct DecimalTests {
    private func parsed(_ text: String) -> Int64? {
        Array(text.utf8).rawBytes.canonicalInteger
    }

    private func formatted(_ value: Int64) -> String {
        var buffer = GrowableBytes()
        buffer.append(decimal: value)
        return buffer.bytes.makeString()
    }

    /// Powers of ten and of two and the ends of the range, each with its neighbours and both signs.
    private var boundaries: [Int64] {
        var all: Set<Int64> = [.min, .min + 1, .max, .max - 1]
        var power: Int64 = 1
        for _ in 0..<19 {
            for distance in Int64(-2)...2 { all.formUnion([power &+ distance, 0 &- power &+ distance]) }
            power = power &* 10
        }
        for shift in 0..<63 {
            for distance in Int64(-1)...1 {
                all.formUnion([1 << Int64(shift) &+ distance, -1 << Int64(shift) &+ distance])
            }
        }
        return all.sorted()
    }

    @Test func thereAndBackAtTheBoundaries() {
        for value in boundaries {
            #expect(formatted(value) == String(value))
            #expect(decimalByteCount(value) == String(value).utf8.count)
            #expect(parsed(String(value)) == value)
        }
    }

    @Test func thereAndBackForAllSmallNumbers() {
        for value in Int64(-11000)...11000 {
            #expect(formatted(value) == String(value) && parsed(String(value)) == value)
        }
    }

    @Test(arguments: [
        "", "-", "+", "+1", "--1", "-0", "00", "01", "-01", "007", " 1", "1 ", "1.0", "1e3", "0x10", "a", "1a", "½",
        "9223372036854775808", "-9223372036854775809", "9999999999999999999", "18446744073709551616",
        "18446744073709551617", "99999999999999999999", "-99999999999999999999", "100000000000000000000",
        "000000000000000000001", "1\u{0}",
    ])
    func notCanonical(text: String) {
        #expect(parsed(text) == nil)
    }

    @Test func everyTextOfUpToThreeCharacters() {
        let alphabet = Array("-+0129 a".utf8)
        var texts: [[UInt8]] = [[]]
        for _ in 0..<3 { texts += texts.flatMap { text in alphabet.map { text + [$0] } } }
        for text in texts {
            let string = String(decoding: text, as: UTF8.self)
            let value = Int64(string).flatMap { String($0) == string ? $0 : nil }
            #expect(text.rawBytes.canonicalInteger == value)
        }
    }
}

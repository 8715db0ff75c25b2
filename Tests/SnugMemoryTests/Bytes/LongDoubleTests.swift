import SnugMemory
import Testing

@Suite struct LongDoubleTests {
    private func sum(_ left: String, _ right: String) -> String? {
        guard let left = LongDouble(Array(left.utf8).rawBytes), let right = LongDouble(Array(right.utf8).rawBytes),
            let sum = left.adding(right)
        else { return nil }
        var text = GrowableBytes()
        text.append(sum)
        return text.bytes.makeString()
    }

    @Test(arguments: [
        ("0", "0", "0"), ("1", "2", "3"), ("10.50", "0.1", "10.6"), ("5.0e3", "200", "5200"), ("-1", "1", "0"),
        ("-0.0", "-0.0", "0"), ("0.1", "0.2", "0.3"), ("3", "1.000000000000000005", "4.00000000000000001"),
        ("9223372036854775807", "1", "9223372036854775808"), ("0x10", "0", "16"), ("+1", ".5", "1.5"), ("1.", "0", "1"),
        ("1e-30", "0", "0"), ("18446744073709551614", "1", "18446744073709551615"),
    ])
    func sums(left: String, right: String, expected: String) {
        #expect(sum(left, right) == expected)
    }

    @Test(arguments: [
        "", " 1", "1 ", "\t1", "1\n", "nan", "NaN", "-nan", "abc", "1x", "1 2", "--1", "1e", "1e99999", "1e-99999",
    ])
    func noNumber(text: String) {
        #expect(LongDouble(Array(text.utf8).rawBytes) == nil)
    }

    @Test func zeroBytesEndNoNumber() {
        #expect(LongDouble([0].rawBytes) == nil)
        #expect(LongDouble([49, 0].rawBytes) == nil)
    }

    @Test func lengthIsBounded() {
        #expect(LongDouble(([UInt8](repeating: 48, count: 5118) + [49]).rawBytes) != nil)
        #expect(LongDouble(([UInt8](repeating: 48, count: 5119) + [49]).rawBytes) == nil)
    }

    @Test func theResultMustBeFinite() {
        #expect(sum("inf", "1") == nil)
        #expect(sum("inf", "-inf") == nil)
        #expect(sum("1e4932", "1e4932") == nil)
    }

    /// Longer than the room that is tried first.
    @Test func hugeNumbersAreWrittenOut() {
        let digits = sum("1e4000", "0") ?? ""
        #expect(digits.count == 4000 || digits.count == 4001)
        #expect(!digits.contains("."))
    }

    @Test(arguments: [Int64.min, .min + 1, -10, -1, 0, 1, 9, 10, 99, 100, .max - 1, .max])
    func digitsOfIntegers(number: Int64) {
        #expect(DecimalDigits(number).bytes.makeString() == "\(number)")
    }
}

import Testing

@testable import SnugLab

@Suite struct TextTests {
    @Test func figuresAreRoundedForPeople() {
        #expect(Figure.fixed(1234.565, 1) == "1,234.6")
        #expect(Figure.fixed(0.049, 2) == "0.05")
        #expect(Figure.fixed(-3.04, 1) == "−3.0")
        #expect(Figure.fixed(.nan, 1) == "–")
        #expect(Figure.short(72.44) == "72.4" && Figure.short(7.333) == "7.33" && Figure.short(0.0512) == "0.051")
        #expect(Figure.short(123.4) == "123" && Figure.short(99.96) == "100" && Figure.short(0) == "0")
        #expect(Figure.grouped(1_000_000) == "1,000,000" && Figure.grouped(-999) == "−999")
        #expect(Figure.tick(0.25) == "0.25" && Figure.tick(1000) == "1,000" && Figure.tick(2.5) == "2.5")
        #expect(Figure.factor(7.94) == "7.9" && Figure.factor(40.2) == "40")
        #expect(Figure.plain(12) == "12" && Figure.plain(0.5) == "0.5")
    }

    @Test func jsonIsEscapedAndKeepsItsOrder() {
        let value = JSON.object([
            ("b", .text("a\"\\\n\u{1}é")), ("a", .array([.integer(1), .number(0.5), .null, .flag(true)])),
            ("empty", .array([])), ("bad", .number(.infinity)),
        ])
        #expect(
            value.written() == """
                {
                  "b": "a\\"\\\\\\n\\u0001é",
                  "a": [1, 0.5, null, true],
                  "empty": [],
                  "bad": null
                }
                """)
    }

    @Test func progressSaysRateAndTimeLeft() {
        let line = Progress.line(reached: 250_000, total: 1_000_000, seconds: 50, title: "buckets", barWidth: 8)
        #expect(line == "[██░░░░░░] 25%  5,000/s  2:30 left  buckets")
        #expect(Progress.line(reached: 0, total: 10, seconds: 0, title: "x", barWidth: 0) == "0%  x")
    }
}

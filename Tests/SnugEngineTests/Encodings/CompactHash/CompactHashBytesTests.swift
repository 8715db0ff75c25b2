import SnugMemory
import Testing

@testable import SnugEngine

/// The bytes themselves.
@Suite struct CompactHashBytesTests {
    private func user(_ model: inout CompactHashModel, in hash: Int = 0) -> [UInt8] {
        model.set(bytes("name"), to: bytes("u123456"), in: hash)
        model.set(bytes("email"), to: bytes("u123456@example.com"), in: hash)
        model.set(bytes("age"), to: bytes("45"), in: hash)
        return model.hashes[hash]
    }

    @Test func userWithInternedNames() {
        var model = CompactHashModel(interning: ["name", "email", "age"].map { bytes($0) })
        let found = user(&model)
        #expect(
            found == [0x80, 7] + bytes("u123456") + [0x81, 19] + bytes("u123456@example.com") + [0x82, 0x80 | 45])
        #expect(found.count == 32)
        model.check()
    }

    @Test func userWithoutInternedNames() {
        var model = CompactHashModel()
        #expect(user(&model).count == 44)
    }

    @Test func recurringNamesAreInterned() {
        var model = CompactHashModel(hashCount: 100)
        for hash in 0..<100 { _ = user(&model, in: hash) }
        #expect(model.hashes[99].count == 32)
        #expect(model.hashes[0].count == 44)
        model.set(bytes("age"), to: bytes("46"), in: 0)
        #expect(model.hashes[0].count == 41)
        for field in ["name", "email"] { model.set(bytes(field), to: bytes("u1"), in: 0) }
        #expect(model.hashes[0].count == 10)
        model.check()
    }

    /// A field that is set over and over in one hash does not recur.
    @Test func settingAgainIsNoRecurrence() {
        var model = CompactHashModel()
        for number in 0..<1000 { model.set(bytes("counter"), to: bytes(String(number))) }
        #expect(model.names.count == 0)
        model.check()
    }

    @Test(
        arguments: [
            ("0", [0x80]), ("127", [0xff]), ("128", [0x48, 0x80]), ("-1", [0x47, 0xff]), ("-2048", [0x40, 0]),
            ("10239", [0x6f, 0xff]), ("-2049", [0x70, 0xff, 0xf7]), ("10240", [0x70, 0, 0x28]),
            ("32767", [0x70, 0xff, 0x7f]), ("-32768", [0x70, 0, 0x80]), ("32768", [0x71, 0, 0x80, 0]),
            ("8388607", [0x71, 0xff, 0xff, 0x7f]), ("-8388608", [0x71, 0, 0, 0x80]),
            ("8388608", [0x72, 0, 0, 0x80, 0]), ("2147483647", [0x72, 0xff, 0xff, 0xff, 0x7f]),
            ("2147483648", [0x73, 0, 0, 0, 0x80, 0]), ("549755813888", [0x74, 0, 0, 0, 0, 0x80, 0]),
            ("140737488355328", [0x75, 0, 0, 0, 0, 0, 0x80, 0]),
            ("36028797018963968", [0x76, 0, 0, 0, 0, 0, 0, 0x80, 0]),
            ("9223372036854775807", [0x76, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]),
            ("-9223372036854775808", [0x76, 0, 0, 0, 0, 0, 0, 0, 0x80]),
        ] as [(String, [UInt8])])
    func integers(text: String, item: [UInt8]) {
        var model = CompactHashModel()
        model.set([], to: bytes(text))
        #expect(model.hashes[0] == [0] + item)
        model.set(bytes(text), to: [])
        if item[0] < 0x80 { #expect(Array(model.hashes[0].dropFirst(1 + item.count)) == item + [0]) }
        model.check()
    }

    @Test func smallIntegersAsFields() {
        var model = CompactHashModel()
        model.set(bytes("0"), to: bytes("1"))
        model.set(bytes("127"), to: bytes("1"))
        #expect(model.hashes[0] == [0x48, 0, 0x81, 0x48, 0x7f, 0x81])
    }

    @Test(
        arguments: [
            (0, [0]), (1, [1]), (63, [63]), (64, [0x77, 0]), (319, [0x77, 0xff]), (320, [0x78, 0, 1]),
            (65599, [0x78, 0xff, 0xff]), (65600, [0x79, 0, 0, 1, 0]),
        ] as [(Int, [UInt8])])
    func texts(count: Int, head: [UInt8]) {
        let text = [UInt8](repeating: 120, count: count)
        var model = CompactHashModel()
        model.set(text, to: text)
        #expect(model.hashes[0] == head + text + head + text)
        model.check()
    }

    @Test(arguments: ["007", "-0", "+1", " 1", "1 ", "1.0", "9223372036854775808", "-9223372036854775809", "-"])
    func textsThatAreNoIntegers(text: String) {
        var model = CompactHashModel()
        model.set(bytes(text), to: bytes(text))
        #expect(model.hashes[0] == ([UInt8(text.utf8.count)] + bytes(text)) + [UInt8(text.utf8.count)] + bytes(text))
        model.check()
    }

    /// Names of every form, and those beyond, which stay texts and leave nothing behind.
    @Test func formsOfNames() {
        let fields = (0..<4220).map { bytes("f\($0)") }
        var model = CompactHashModel(interning: fields)
        #expect(model.held == Array(0..<4220))
        let forms: [(Int, [UInt8])] = [
            (0, [0x80]), (95, [0xdf]), (96, [0xe0, 0]), (351, [0xe0, 0xff]), (352, [0xe1, 0]),
            (4191, [0xef, 0xff]), (4192, [5] + bytes("f4192")), (4219, [5] + bytes("f4219")),
        ]
        for (number, _) in forms { model.set(fields[number], to: bytes("1")) }
        #expect(model.hashes[0] == forms.flatMap { $0.1 + [0x81] })
        for (number, _) in forms { model.set(fields[number], to: bytes("text")) }
        model.check(strangers: Array(fields.prefix(200)))
        for (number, _) in forms.reversed() { model.remove(fields[number]) }
        model.check()
    }

    /// Integers never become names, nor do empty fields.
    @Test func integersAreNotInterned() {
        var model = CompactHashModel(hashCount: 50)
        for hash in 0..<50 {
            model.set(bytes("12"), to: bytes("x"), in: hash)
            model.set([], to: bytes("x"), in: hash)
        }
        #expect(model.names.count == 0)
        model.check()
    }
}

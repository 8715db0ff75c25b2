import SnugMemory
import Testing

@testable import SnugEngine

/// The bytes themselves, as redis-server 7.0 gives them with DUMP.
@Suite struct ListpackBytesTests {
    /// The bytes of a listpack of two words.
    private func listpack(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
        var model = ListpackModel()
        defer { model.free() }
        model.replace(at: 0, removing: 0, with: [first, second])
        return model.listpack.block.bytes(at: 0, count: model.listpack.byteCount, of: model.listpack.block).makeArray()
    }

    @Test func emptyStringAndOne() {
        #expect(listpack([], bytes("1")) == [0x0b, 0, 0, 0, 2, 0, 0x80, 1, 1, 1, 0xff])
    }

    @Test(
        arguments: [
            // How many bytes the string has, its head, and its back length.
            (1, [0x81], [2]), (63, [0xbf], [0x40]), (64, [0xe0, 0x40], [0x42]), (125, [0xe0, 0x7d], [0x7f]),
            (126, [0xe0, 0x7e], [1, 0x80]), (4095, [0xef, 0xff], [0x20, 0x81]),
            (4096, [0xf0, 0, 0x10, 0, 0], [0x20, 0x85]), (16377, [0xf0, 0xf9, 0x3f, 0, 0], [0x7f, 0xfe]),
            (16378, [0xf0, 0xfa, 0x3f, 0, 0], [0, 0xff, 0xff]), (16379, [0xf0, 0xfb, 0x3f, 0, 0], [1, 0x80, 0x80]),
            (2_097_145, [0xf0, 0xf9, 0xff, 0x1f, 0], [0x7f, 0xff, 0xfe]),
            (2_097_146, [0xf0, 0xfa, 0xff, 0x1f, 0], [0, 0xff, 0xff, 0xff]),
            (2_097_147, [0xf0, 0xfb, 0xff, 0x1f, 0], [1, 0x80, 0x80, 0x80]),
        ] as [(Int, [UInt8], [UInt8])])
    func headsAndBackLengths(count: Int, head: [UInt8], backLength: [UInt8]) {
        let word = [UInt8](repeating: 120, count: count)
        let found = listpack(word, bytes("1"))
        let end = 6 + head.count + count
        #expect(Array(found[6..<6 + head.count]) == head)
        #expect(Array(found[end...]) == backLength + [1, 1, 0xff])
    }

    @Test(
        arguments: [
            ("0", [0]), ("127", [0x7f]), ("128", [0xc0, 0x80]), ("-1", [0xdf, 0xff]), ("4095", [0xcf, 0xff]),
            ("-4096", [0xd0, 0x00]), ("4096", [0xf1, 0x00, 0x10]), ("-4097", [0xf1, 0xff, 0xef]),
            ("32767", [0xf1, 0xff, 0x7f]), ("-32768", [0xf1, 0x00, 0x80]), ("32768", [0xf2, 0x00, 0x80, 0x00]),
            ("8388607", [0xf2, 0xff, 0xff, 0x7f]), ("-8388608", [0xf2, 0x00, 0x00, 0x80]),
            ("8388608", [0xf3, 0x00, 0x00, 0x80, 0x00]), ("-2147483648", [0xf3, 0x00, 0x00, 0x00, 0x80]),
            ("2147483648", [0xf4, 0, 0, 0, 0x80, 0, 0, 0, 0]),
            ("-9223372036854775808", [0xf4, 0, 0, 0, 0, 0, 0, 0, 0x80]),
        ] as [(String, [UInt8])])
    func integers(text: String, encoding: [UInt8]) {
        let found = listpack(bytes(text), [])
        #expect(Array(found[6...]) == encoding + [UInt8(encoding.count), 0x80, 1, 0xff])
    }

    @Test(arguments: ["007", "-0", "+1", " 1", "1 ", "1.0", "9223372036854775808", "-9223372036854775809", "-", ""])
    func textsThatAreNoIntegers(text: String) {
        #expect(listpack(bytes(text), [])[6] == 0x80 | UInt8(text.utf8.count))
    }
}

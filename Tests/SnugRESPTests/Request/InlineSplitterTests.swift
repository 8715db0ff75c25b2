import SnugMemory
import SnugRESP
import Testing

/// How a line is split into words. Every row is what redis-server 7.0 made of the line.
@Suite struct InlineSplitterTests {
    @Test(
        arguments: [
            ("a b c", ["a", "b", "c"]), ("  a   b  ", ["a", "b"]), ("", []), (" \t ", []),
            ("a\tb\u{0b}c\u{0c}d", ["a", "b\u{0b}c\u{0c}d"]), ("\u{0b}a\u{0c}", ["a\u{0c}"]), ("a\rb", ["a", "b"]),
            ("a \r", ["a"]),
            ("\"a b\" c", ["a b", "c"]), ("'a b' c", ["a b", "c"]),
            (#""a\nb\r\t\b\a\\\"x""#, ["a\nb\r\t\u{08}\u{07}\\\"x"]), (#""\x41\x4a\x7f\x0""#, ["AJ\u{7f}x0"]),
            (#""\xzz""#, ["xzz"]), (#""\x4""#, ["x4"]), (#""\x4g1""#, ["x4g1"]), (#""\q\'""#, ["q'"]),
            (#"'it\'s'"#, ["it's"]), (#"'a\nb'"#, [#"a\nb"#]), (#"'"'"#, ["\""]), (#""'""#, ["'"]),
            ("a\"b\"", ["ab"]), ("a\"b c\" d", ["ab c", "d"]), ("\"\"", [""]), ("''", [""]),
            ("\"\" '' \"\"", ["", "", ""]),
            ("'a'\u{0b}'b'", ["a", "b"]), (#"a\nb"#, [#"a\nb"#]), (#"x\"#, [#"x\"#]),
        ] as [(String, [String])])
    func words(line: String, words: [String]) {
        let found = InlineSplitter.words(of: bytes(line).rawBytes)
        #expect(found == words.map(bytes))
    }

    @Test(arguments: [
        #""a"b"#, "'a'b", "\"a", "'a", "a'b c'd", #""a\"#, #"'a\'"#, #"'\\'"#, "a\"", "a'", #""a""b""#,
    ])
    func unbalanced(line: String) {
        #expect(InlineSplitter.words(of: bytes(line).rawBytes) == nil)
    }

    @Test func bytesBeyondASCII() {
        #expect(
            InlineSplitter.words(of: ([0xff, 0xfe, 32, 0x85, 0xa0, 0x1c] as [UInt8]).rawBytes) == [
                [0xff, 0xfe], [0x85, 0xa0, 0x1c],
            ])
        #expect(InlineSplitter.words(of: bytes(#""\xff\x00""#).rawBytes) == [[0xff, 0]])
    }

    @Test func everyShortLine() {
        // No line of four characters that mean something may stop the process, and quoting a word gives it back.
        let alphabet = Array("a \"'\\xn\u{0b}".utf8)
        for first in alphabet {
            for second in alphabet {
                for third in alphabet {
                    for fourth in alphabet {
                        let line = [first, second, third, fourth]
                        _ = InlineSplitter.words(of: line.rawBytes)
                        #expect(InlineSplitter.words(of: quoted(line).rawBytes) == [line])
                    }
                }
            }
        }
    }

    private func quoted(_ word: [UInt8]) -> [UInt8] {
        [34] + word.flatMap { bytes("\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16)) } + [34]
    }
}

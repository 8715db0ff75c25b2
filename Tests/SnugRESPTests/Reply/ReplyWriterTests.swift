import SnugMemory
import SnugRESP
import Testing

/// What each kind of reply looks like in both protocols.
@Suite struct ReplyWriterTests {
    private func written(_ version: Int, _ write: (inout ReplyWriter) -> Void) -> String {
        var writer = ReplyWriter()
        writer.version = version
        write(&writer)
        return writer.withBytes { $0.makeString() }
    }

    private func expect(_ two: String, _ three: String, _ write: (inout ReplyWriter) -> Void) {
        #expect(written(2, write) == two)
        #expect(written(3, write) == three)
    }

    private func expectBoth(_ text: String, _ write: (inout ReplyWriter) -> Void) { expect(text, text, write) }

    @Test func simpleReplies() {
        expectBoth("+OK\r\n") { $0.ok() }
        expectBoth("+PONG\r\n") { $0.simple("PONG") }
        expectBoth(":0\r\n") { $0.integer(0) }
        expectBoth(":-9223372036854775808\r\n") { $0.integer(Int64.min) }
        expectBoth(":9223372036854775807\r\n") { $0.integer(Int64.max) }
        expectBoth(":1\r\n:0\r\n") { writer in
            writer.integer(true)
            writer.integer(false)
        }
    }

    @Test func strings() {
        expectBoth("$0\r\n\r\n") { $0.bulk([]) }
        expectBoth("$3\r\na\r\n\r\n") { $0.bulk([97, 13, 10]) }
        expectBoth("$2\r\n-5\r\n") { $0.bulk(decimal: -5) }
        expectBoth("$20\r\n-9223372036854775808\r\n") { $0.bulk(decimal: .min) }
        expectBoth("$5\r\nhello\r\n") { $0.bulk("hello") }
        expect("$5\r\nhello\r\n", "=9\r\ntxt:hello\r\n") { $0.verbatim("hello") }
        expect("$1\r\nx\r\n", "=5\r\nmkd:x\r\n") { $0.verbatim("x", format: "mkd") }
    }

    @Test func nothing() {
        expect("$-1\r\n", "_\r\n") { $0.null() }
        expect("*-1\r\n", "_\r\n") { $0.nullArray() }
    }

    @Test func heads() {
        expectBoth("*3\r\n") { $0.array(3) }
        expect("*4\r\n", "%2\r\n") { $0.map(2) }
        expect("*2\r\n", "~2\r\n") { $0.set(2) }
        expect("*2\r\n", ">2\r\n") { $0.push(2) }
    }

    @Test func otherTypes() {
        expect("$3\r\n1.5\r\n", ",1.5\r\n") { $0.double(1.5) }
        expect("$3\r\ninf\r\n", ",inf\r\n") { $0.double(.infinity) }
        expect("$4\r\n-inf\r\n", ",-inf\r\n") { $0.double(-.infinity) }
        expect("$3\r\nnan\r\n", ",nan\r\n") { $0.double(.nan) }
        expect(":1\r\n", "#t\r\n") { $0.boolean(true) }
        expect(":0\r\n", "#f\r\n") { $0.boolean(false) }
        expect("$3\r\n123\r\n", "(123\r\n") { $0.bigNumber("123") }
    }

    @Test func errors() {
        expectBoth("-ERR syntax error\r\n") { $0.error(.syntax) }
        expectBoth("-ERR a  b c\r\n") { $0.error("ERR a\r\nb\nc" as String) }
        expectBoth("") { $0.error(ReplyError.written) }
        var writer = ReplyWriter()
        writer.ok()
        writer.error(.wrongType)
        writer.error("NOAUTH Authentication required." as StaticString)
        #expect(writer.errorCount == 2)
        #expect(writer.lastErrorPrefix == "NOAUTH")
    }

    @Test func headsThatAreKnownLater() {
        for version in [2, 3] {
            let plain = written(version) { writer in
                writer.ok()
                writer.map(2)
                for value in 0..<4 { writer.integer(value) }
                writer.ok()
            }
            let late = written(version) { writer in
                writer.ok()
                let mark = writer.mark
                for value in 0..<4 { writer.integer(value) }
                writer.insertHead(.map, count: 2, at: mark)
                writer.ok()
            }
            #expect(plain == late)
        }
    }

    @Test func takingBack() {
        expectBoth("+OK\r\n") { writer in
            writer.ok()
            let mark = writer.mark
            writer.bulk("gone")
            writer.rollBack(to: mark)
        }
    }

    @Test func everyErrorTextIsOneLine() {
        for error in ReplyError.allCases {
            let text = "\(error.text)"
            #expect(!text.contains("\r") && !text.contains("\n"))
            #expect(error == .written || text.contains(" "))
        }
    }
}

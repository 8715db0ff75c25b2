import SnugClient
import Testing

@Suite struct ReplyReaderTests {
    /// Gives bytes in parts of `partCount`, then says that the server has gone.
    private func read(_ text: String, partCount: Int, replies: Int) throws(ClientError) -> [Reply] {
        var rest = Array(text.utf8)[...]
        var reader = ReplyReader()
        var result: [Reply] = []
        for _ in 0..<replies {
            result.append(
                try reader.read { buffer, offset throws(ClientError) in
                    guard !rest.isEmpty else { throw .closed }
                    let part = rest.prefix(min(partCount, buffer.count - offset))
                    rest = rest.dropFirst(part.count)
                    buffer.replaceSubrange(offset..<(offset + part.count), with: part)
                    return part.count
                })
        }
        return result
    }

    private static let wire =
        "+OK\r\n-ERR no\r\n:-12\r\n$5\r\na\r\nbc\r\n$-1\r\n*2\r\n:1\r\n*1\r\n$0\r\n\r\n*-1\r\n_\r\n"
    private static let replies: [Reply] = [
        .simple("OK"), .error("ERR no"), .integer(-12), .bulk(Array("a\r\nbc".utf8)), .null,
        .array([.integer(1), .array([.bulk([])])]), .null, .null,
    ]

    @Test(arguments: 1...40)
    func repliesAreTheSameHoweverTheyArrive(partCount: Int) throws {
        #expect(try read(Self.wire, partCount: partCount, replies: Self.replies.count) == Self.replies)
    }

    @Test func largeStringsGrowTheBuffer() throws {
        let text = String(repeating: "x", count: 300_000)
        let replies = try read("$300000\r\n\(text)\r\n:7\r\n", partCount: 1000, replies: 2)
        #expect(replies == [.bulk(Array(text.utf8)), .integer(7)])
    }

    @Test(arguments: [
        "HTTP/1.1 400 Bad Request\r\n", "\r\n", "$x\r\n", "$\r\n", ":1a\r\n", "$99999999999\r\n", "*9999999999\r\n",
        ":99999999999999999999\r\n", "$1\r\nabc\r\n",
        "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n",
    ])
    func whatIsNotRESPIsAnErrorAndNoTrap(wire: String) {
        do throws(ClientError) {
            _ = try read(wire, partCount: 1000, replies: 1)
            Issue.record("taken as a reply")
        } catch {
            guard case .notRESP = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func aBreakInTheMiddleIsTold() {
        #expect(throws: ClientError.closed) { try read("$10\r\nabc", partCount: 4, replies: 1) }
    }

    @Test func skippingCountsEveryKindOfReply() throws {
        var rest = Array(Self.wire.utf8)[...]
        var reader = ReplyReader()
        var errors: [String] = []
        for _ in Self.replies {
            let text = try reader.skip { buffer, offset throws(ClientError) in
                let part = rest.prefix(3)
                rest = rest.dropFirst(3)
                buffer.replaceSubrange(offset..<(offset + part.count), with: part)
                return part.count
            }
            if let text { errors.append(text) }
        }
        #expect(errors == ["ERR no"] && rest.isEmpty)
    }
}

@Suite struct CommandBufferTests {
    @Test func commandsAreArraysOfStrings() {
        var output = CommandBuffer()
        output.begin(4)
        output.argument("HSET")
        output.argument { $0.append(contsOf: "key:", 120) }
        output.argument(0)
        output.argument("é".utf8)
        #expect(
            String(decoding: output.bytes, as: UTF8.self)
                == "*4\r\n$4\r\nHSET\r\n$7\r\nkey:120\r\n$1\r\n0\r\n$2\r\né\r\n")
    }

    @Test(arguments: [0, 1, 9, 10, 99, 100, 1_000_000, Int.max])
    func decimalsAreThoseOfString(number: Int) {
        var bytes: [UInt8] = []
        CommandBuffer.appendDecimal(number, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == String(number))
    }

    @Test func errorsExplainThemselves() {
        #expect(ClientError.refused("WRONGPASS x").sentence.contains("refused the user name or the password"))
        #expect(ClientError.refused("NOAUTH x").sentence.contains("asks for a password"))
        #expect(ClientError.refused("OOM command not allowed").sentence.contains("is full"))
        #expect(ClientError.refused("OOM x").code == "OOM")
    }
}

extension [UInt8] {
    fileprivate mutating func append(contsOf text: String, _ number: Int) {
        append(contentsOf: text.utf8)
        CommandBuffer.appendDecimal(number, to: &self)
    }
}

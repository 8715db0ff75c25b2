import SnugMemory
import SnugRESP
import Testing

@Suite struct RequestParserTests {
    /// Streams of every kind: commands, pipelines, inline commands, empty ones, and what breaks the protocol.
    static let corpus: [[UInt8]] = [
        encoded(bytes("PING")),
        encoded(bytes("SET"), bytes("key"), bytes("value")),
        encoded(bytes("SET"), [], [13, 10, 0, 255]),
        encoded(bytes("GET"), bytes("a")) + encoded(bytes("GET"), bytes("b")) + bytes("PING\r\n"),
        encoded(bytes("ECHO"), [UInt8](repeating: 42, count: 300)),
        bytes("PING\r\n"), bytes("PING\n"), bytes("  set  a 'b c'  \"d\\x41\"\r\n"), bytes("\r\n\n  \r\nPING\r\n"),
        bytes("*0\r\n*-1\r\n*-7\r\n") + encoded(bytes("PING")),
        bytes("*1\r\n$4\r\nPINGxx") + encoded(bytes("PING")),
        bytes("*2\rx$4\rxPING\rx$1\rxaxx"),
        bytes("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$"), bytes("*2\r\n$100\r\nabc"), bytes("PIN"), bytes("*"),
        bytes("*01\r\n"), bytes("*1\r\nPING\r\n"), bytes("*1\r\n$-1\r\n"), bytes("GET \"a\r\n"),
        encoded(bytes("PING")) + bytes("*x\r\n"),
        encoded(words: Array(repeating: bytes("a"), count: 10)) + bytes("*0\r\n") + encoded(bytes("PING")),
        encoded(bytes("PING")) + bytes("*\r\n"),
    ]

    @Test(arguments: corpus)
    func cutsMakeNoDifference(stream: [UInt8]) {
        let whole = parse([stream])
        for first in 0...stream.count {
            #expect(parse([Array(stream[..<first]), Array(stream[first...])]) == whole)
        }
        #expect(parse(stream.map { [$0] }) == whole)
    }

    @Test func twoCutsMakeNoDifference() {
        let stream = encoded(bytes("SET"), bytes("k"), bytes("v")) + bytes("GET 'k'\r\n*0\r\n")
        let whole = parse([stream])
        for first in 0...stream.count {
            for second in first...stream.count {
                let pieces = [stream[..<first], stream[first..<second], stream[second...]].map { Array($0) }
                #expect(parse(pieces) == whole)
            }
        }
    }

    @Test func commandsAsTheyWereSent() {
        let commands = parse([Self.corpus.prefix(4).flatMap(\.self)]).commands
        let expected = [
            ["PING"], ["SET", "key", "value"], nil, ["GET", "a"], ["GET", "b"], ["PING"],
        ]
        #expect(commands.count == expected.count)
        for (command, words) in zip(commands, expected) {
            if let words { #expect(command == words.map(bytes)) }
        }
        #expect(commands[2] == [bytes("SET"), [], [13, 10, 0, 255]])
    }

    /// What redis-server 7.0 answers to each.
    @Test(
        arguments: [
            ("*01\r\n", .invalidMultibulkLength), ("*+1\r\n", .invalidMultibulkLength),
            ("*-0\r\n", .invalidMultibulkLength), ("*\r\n", .invalidMultibulkLength),
            ("* 1\r\n", .invalidMultibulkLength),
            ("*1 \r\n", .invalidMultibulkLength), ("*-99999999999999999999\r\n", .invalidMultibulkLength),
            ("*2147483648\r\n", .invalidMultibulkLength), ("*9223372036854775808\r\n", .invalidMultibulkLength),
            ("*1\r\nPING\r\n", .expectedDollar(80)), ("*1\r\n:4\r\n", .expectedDollar(58)),
            ("*1\r\n\r\n", .expectedDollar(13)), ("*1\r\n\n4\r\n", .expectedDollar(10)),
            ("*1\r\n$-1\r\n", .invalidBulkLength), ("*1\r\n$+4\r\n", .invalidBulkLength),
            ("*1\r\n$04\r\nPING\r\n", .invalidBulkLength), ("*1\r\n$536870913\r\n", .invalidBulkLength),
            ("*1\r\n$99999999999999999999\r\n", .invalidBulkLength), ("GET \"a\r\n", .unbalancedQuotes),
        ] as [(String, ProtocolError)])
    func brokenProtocol(stream: String, error: ProtocolError) {
        #expect(parse([bytes(stream)]) == Parsed(error: error))
    }

    @Test(arguments: ["*2147483647\r\n$1\r\nx", "*1048577\r\n", "*1\r\n$536870912\r\n", "*1\r\n$4\r\nPING\r"])
    func hugeClaimsOnlyWait(stream: String) {
        let parsed = parse([bytes(stream)])
        #expect(parsed == Parsed(rest: stream.utf8.count))
    }

    @Test func claimsAllocateNothing() throws {
        var parser = RequestParser()
        let stream = bytes("*2147483647\r\n$536870912\r\nx")
        _ = try parser.parse(stream.rawBytes, limits: RequestLimits())
        #expect(parser.byteCount < 4096)
    }

    @Test func linesOfLimitedLength() {
        let line = [UInt8](repeating: UInt8(ascii: "1"), count: 65536)
        #expect(parse([line]).error == nil)
        #expect(parse([line + bytes("1")]).error == .tooBigInlineRequest)
        #expect(parse([bytes("*") + line]).error == .tooBigMultibulkCount)
        #expect(parse([bytes("*1\r\n$") + line]).error == .tooBigBulkCount)
        #expect(parse([line + bytes("11\n")]).commands.count == 1, "a line that comes whole may be longer")
    }

    @Test func limitsOfThoseWhoHaveNotAuthenticated() {
        var limits = RequestLimits()
        limits.isUnauthenticated = true
        #expect(parse([bytes("*10\r\n")], limits: limits).error == nil)
        #expect(parse([bytes("*11\r\n")], limits: limits).error == .unauthenticatedMultibulkLength)
        #expect(parse([bytes("*1\r\n$16384\r\n")], limits: limits).error == nil)
        #expect(parse([bytes("*1\r\n$16385\r\n")], limits: limits).error == .unauthenticatedBulkLength)
    }

    @Test func configuredLimits() {
        var limits = RequestLimits()
        limits.bulkByteCountMax = 5
        limits.argumentCountMax = 2
        #expect(parse([encoded(bytes("SET"), bytes("12345"))], limits: limits).commands.count == 1)
        #expect(parse([encoded(bytes("SET"), bytes("123456"))], limits: limits).error == .invalidBulkLength)
        #expect(parse([encoded([], [], [])], limits: limits).error == .invalidMultibulkLength)
    }

    @Test func generatedPipelinesInGeneratedPieces() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("generatedPipelinesInGeneratedPieces: seed \(seed)")
        var random = SeededRandom(seed)
        for _ in 0..<200 {
            var stream: [UInt8] = []
            for _ in 0..<random.below(6) { stream += Self.corpus[random.below(10)] }
            var pieces: [[UInt8]] = []
            var offset = 0
            while offset < stream.count {
                let count = min(stream.count - offset, 1 + random.below(20))
                pieces.append(Array(stream[offset..<offset + count]))
                offset += count
            }
            #expect(parse(pieces) == parse([stream]))
        }
    }
}

/// A small generator whose seed can be printed.
struct SeededRandom {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed | 1 }

    mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}

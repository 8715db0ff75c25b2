import SnugMemory
import SnugRESP
import Testing

@Suite struct RequestQueueTests {
    /// The commands at the front of a stream that a queue takes, and where the last of them ends. The stream stands
    /// behind other bytes.
    private func queued(
        _ stream: [UInt8], limits: RequestLimits = RequestLimits()
    ) -> (commands: [[[UInt8]]], byteCount: Int) {
        let before = 7
        let base = [UInt8](repeating: UInt8(ascii: "*"), count: before) + stream
        var queue = RequestQueue()
        queue.keep(for: limits)
        var offset = before
        var commands: [[[UInt8]]] = []
        while true {
            var end = offset
            while let next = queue.append(from: base.rawBytes, in: end..<base.count) { end = next }
            if queue.isEmpty { return (commands, offset - before) }
            while let command = queue.removeFirst(at: offset) {
                commands.append(words(of: queue.arguments(of: command, in: base.rawBytes)))
                offset = command.end
            }
            #expect(offset == end)
            queue.removeAll()
        }
    }

    @Test func commandsOfAPipeline() {
        let pipeline = [["PING"], ["GET", "a"], ["ZADD", "c", "2.5", "member"], ["GET", ""]]
        let stream = pipeline.flatMap { encoded(words: $0.map(bytes)) }
        let (commands, byteCount) = queued(stream)
        #expect(commands == pipeline.map { $0.map(bytes) })
        #expect(byteCount == stream.count)
    }

    @Test func moreCommandsThanThereIsRoomFor() {
        let pipeline = (0..<100).map { number in (0...number % 70).map { bytes("word\($0)") } }
        let stream = pipeline.flatMap { encoded(words: $0) }
        // A command of more than 64 words is for the parser.
        #expect(queued(stream).commands == Array(pipeline.prefix(64)))
        let short = Array(pipeline.prefix(60) + pipeline.prefix(60))
        #expect(queued(short.flatMap { encoded(words: $0) }).commands == short)
    }

    /// What a queue does not understand ends it, in front of the command.
    @Test(arguments: [
        "PING\r\n", "*2\r\n$3\r\nGET\r\n$01\r\na\r\n", "*x\r\n", "*-1\r\n", "*0\r\n", "*2\r\n$3\r\nGET\r\n$5\r\na\r\n",
        "*4294967295\r\n$1\r\na\r\n", "*1\r\n$999999999\r\na\r\n",
    ])
    func ends(at rest: String) {
        let stream = encoded(bytes("GET"), bytes("a"))
        let (commands, byteCount) = queued(stream + bytes(rest) + (rest.hasPrefix("*2\r\n$3\r\nGET\r\n$5") ? [] : stream))
        #expect(commands.count == 1)
        #expect(byteCount == stream.count)
    }

    @Test func limitsAreKept() {
        var limits = RequestLimits()
        limits.argumentCountMax = 3
        limits.bulkByteCountMax = 5
        let stream = encoded(bytes("SET"), bytes("a"), bytes("12345"))
        #expect(queued(stream, limits: limits).commands.count == 1)
        #expect(queued(encoded(bytes("SET"), bytes("a"), bytes("123456")), limits: limits).commands.isEmpty)
        #expect(queued(encoded(bytes("a"), bytes("b"), bytes("c"), bytes("d")), limits: limits).commands.isEmpty)
        var queue = RequestQueue()
        let end = queue.append(from: stream.rawBytes, in: 0..<stream.count)
        #expect(end == stream.count)
        queue.keep(for: RequestLimits())
        #expect(queue.indices == 0..<1)
        queue.keep(for: limits)
        #expect(queue.indices.isEmpty)
    }

    /// Commands whose turn has not come, because their client was closed, are passed over.
    @Test func commandsThatArePassedOver() {
        let stream = encoded(bytes("GET"), bytes("a")) + encoded(bytes("GET"), bytes("b"))
        let middle = stream.count / 2
        var queue = RequestQueue()
        for start in [0, middle] { _ = queue.append(from: stream.rawBytes, in: start..<stream.count) }
        let ends = [1, middle].map { queue.removeFirst(at: $0)?.end }
        #expect(ends == [nil, stream.count])
        #expect(queue.indices.isEmpty)
    }

    /// Of a stream that is cut or damaged anywhere a queue takes what a parser takes, as far as it goes.
    @Test func agreesWithTheParser() {
        for _ in 0..<4000 {
            var stream: [UInt8] = []
            for _ in 0...Int.random(in: 0...4) {
                stream += encoded(words: (0...Int.random(in: 0...4)).map { _ in word() })
            }
            stream.removeLast(Int.random(in: 0..<8))
            for _ in 0..<Int.random(in: 0..<3) {
                stream[Int.random(in: 0..<stream.count)] = bytes("*$\r\n0159-x").randomElement() ?? 0
            }
            let seen = queued(stream)
            #expect(seen.byteCount <= stream.count)
            #expect(seen.commands == Array(parse([stream]).commands.prefix(seen.commands.count)), "\(stream)")
        }
    }

    /// Wherever two commands are cut, what is parsed of them and of those behind them stays the same.
    @Test(arguments: [
        ["*10\r\n", "*0\r\n"], ["*2\r\n", "*0\r\n"], ["PING\r\n", "*0\r\n"], ["*10\r\n", "*2\r\n"],
    ])
    func cutCommands(heads: [String]) {
        var stream: [UInt8] = []
        for head in heads + ["*1\r\n", "*-1\r\n", "*1\r\n"] {
            stream += bytes(head)
            let count = head.hasPrefix("*") ? Int(head.dropFirst().dropLast()) ?? 0 : 0
            for _ in 0..<max(0, count) { stream += bytes("$4\r\nPING\r\n") }
        }
        let whole = parse([stream])
        #expect(whole.error == nil && whole.rest == 0)
        for first in 0...stream.count {
            for second in first...stream.count {
                let pieces = [stream[..<first], stream[first..<second], stream[second...]].map(Array.init)
                let found = parse(pieces, queuing: true)
                #expect(found == whole, "cut at \(first) and \(second)")
            }
        }
    }

    private func word() -> [UInt8] { (0..<Int.random(in: 0..<12)).map { _ in UInt8.random(in: 0...255) } }
}

import SnugMemory
import SnugRESP
import Testing

@Suite struct RequestPreviewTests {
    /// The first, second and last arguments of the commands that a preview sees, and how many bytes they take.
    private func previewed(_ stream: [UInt8]) -> (commands: [[[UInt8]]], byteCount: Int) {
        var preview = RequestPreview(stream.rawBytes)
        var commands: [[[UInt8]]] = []
        while preview.next() {
            commands.append([preview.key.makeArray(), preview.second.makeArray(), preview.last.makeArray()])
        }
        return (commands, preview.offset)
    }

    @Test func argumentsOfAPipeline() {
        let pipeline = [
            ["PING"], ["GET", "a"], ["MULTI"], ["SET", "b", "1"], ["ZADD", "c", "2.5", "member"], ["GET", ""],
        ]
        let stream = pipeline.flatMap { encoded(words: $0.map(bytes)) }
        let (commands, byteCount) = previewed(stream)
        let expected = [["a", "a", "a"], ["b", "1", "1"], ["c", "2.5", "member"], ["", "", ""]]
        #expect(commands == expected.map { $0.map(bytes) })
        #expect(byteCount == stream.count)
    }

    /// What a preview does not understand ends it, in front of the command.
    @Test(arguments: [
        "PING\r\n", "*2\r\n$3\r\nGET\r\n$01\r\na\r\n", "*x\r\n", "*-1\r\n", "*0\r\n",
    ])
    func ends(at rest: String) {
        let stream = encoded(bytes("GET"), bytes("a"))
        let (commands, byteCount) = previewed(stream + bytes(rest) + stream)
        #expect(commands.count == 1)
        #expect(byteCount == stream.count)
    }

    /// Of a stream that is cut or damaged anywhere no more is seen than what a parser takes, and the same.
    @Test func neverSeesMoreThanTheParser() {
        for _ in 0..<4000 {
            var stream: [UInt8] = []
            for _ in 0...Int.random(in: 0...4) {
                stream += encoded(words: (0...Int.random(in: 0...4)).map { _ in word() })
            }
            stream.removeLast(Int.random(in: 0..<8))
            for _ in 0..<Int.random(in: 0..<3) {
                stream[Int.random(in: 0..<stream.count)] = bytes("*$\r\n0159-x").randomElement() ?? 0
            }
            let seen = previewed(stream)
            let parsed = parse([stream]).commands.filter { $0.count > 1 }.prefix(seen.commands.count)
            let expected = parsed.map { [$0[1], $0.count > 2 ? $0[2] : $0[1], $0[$0.count - 1]] }
            #expect(seen.byteCount <= stream.count)
            #expect(seen.commands == Array(expected), "\(stream)")
        }
    }

    private func word() -> [UInt8] { (0..<Int.random(in: 0..<12)).map { _ in UInt8.random(in: 0...255) } }
}

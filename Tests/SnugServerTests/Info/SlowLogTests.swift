import SnugRESP
import Testing

@testable import SnugServer

@Suite struct SlowLogTests {
    private let session = Session(id: 1, address: "127.0.0.1:1", localAddress: "", now: 0)

    private func entry(of words: [String], hiding hidden: Set<Int> = []) -> [String] {
        var log = SlowLog()
        let arguments = OwnedArguments(words.map { Array($0.utf8) })
        log.record(
            arguments: arguments.arguments, microseconds: 5, session: session, now: 7_000, keepingAtMost: 10,
            isHidden: hidden.contains)
        return log.latest(1)[0].arguments.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func upToThirtyTwoArgumentsAreKept() {
        let words = (0..<32).map { "w\($0)" }
        #expect(entry(of: words) == words)
    }

    @Test func moreArgumentsAreCounted() {
        let words = (0..<40).map { "w\($0)" }
        #expect(entry(of: words) == words.prefix(31) + ["... (9 more arguments)"])
    }

    @Test func longArgumentsAreCut() {
        let long = String(repeating: "x", count: 200)
        let kept = String(repeating: "x", count: 128)
        #expect(entry(of: ["SET", kept]) == ["SET", kept])
        #expect(entry(of: ["SET", long]) == ["SET", kept + "... (72 more bytes)"])
    }

    @Test func secretsAreHidden() {
        #expect(entry(of: ["AUTH", "user", "password"], hiding: [1, 2]) == ["AUTH", "(redacted)", "(redacted)"])
    }

    @Test func theLatestEntriesStay() {
        var log = SlowLog()
        let arguments = OwnedArguments([Array("PING".utf8)])
        for time in 0..<1000 {
            log.record(
                arguments: arguments.arguments, microseconds: Int64(time), session: session, now: Int64(time) * 1000,
                keepingAtMost: 3)
        }
        #expect(log.count == 3)
        #expect(log.latest(10).map(\.id) == [999, 998, 997])
        #expect(log.latest(2).map(\.microseconds) == [999, 998])
        #expect(log.latest(0).isEmpty)
        log.trim(toAtMost: 1)
        #expect(log.latest(10).map(\.unixSeconds) == [999])
        log.removeAll()
        #expect(log.count == 0 && log.latest(5).isEmpty)
        log.record(arguments: arguments.arguments, microseconds: 1, session: session, now: 0, keepingAtMost: 0)
        #expect(log.count == 0)
    }
}

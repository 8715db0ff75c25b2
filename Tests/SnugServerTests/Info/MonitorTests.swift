import SnugMemory
import SnugRESP
import Testing

@testable import SnugServer

@Suite struct MonitorTests {
    private func line(_ words: [[UInt8]], address: String = "127.0.0.1:6000", hidden: [Int] = []) -> String {
        let arguments = OwnedArguments(words)
        return String(
            decoding: MonitorLine.make(
                microseconds: 1_339_518_083_000_042, database: 3, address: address, arguments.arguments,
                hidden: hidden),
            as: UTF8.self)
    }

    @Test func everythingButPrintableCharactersIsEscaped() {
        let words = [Array("SET".utf8), [34, 92, 13, 10, 9, 7, 8, 0, 255, 127, 32, 126]]
        #expect(
            line(words)
                == #"+1339518083.000042 [3 127.0.0.1:6000] "SET" "\"\\\r\n\t\a\b\x00\xff\x7f ~""# + "\r\n")
    }

    @Test func unixSocketsAndSecrets() {
        let words = [Array("AUTH".utf8), Array("secret".utf8)]
        #expect(
            line(words, address: "/tmp/snug.sock:0", hidden: [1])
                == "+1339518083.000042 [3 unix:/tmp/snug.sock] \"AUTH\" \"(redacted)\"\r\n")
    }

    @Test func monitorsComeAndGo() {
        let test = TestServer()
        let watcher = test.connect()
        #expect(test.server.monitorCount == 0)
        #expect(watcher("MONITOR") == "+OK")
        #expect(watcher("MONITOR") == "+OK")
        #expect(test.server.monitorCount == 1)
        watcher("RESET")
        #expect(test.server.monitorCount == 0)
        watcher("MONITOR")
        watcher.close()
        #expect(test.server.monitorCount == 0)
    }
}

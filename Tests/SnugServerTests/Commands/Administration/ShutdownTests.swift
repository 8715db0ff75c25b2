import SnugConfiguration
import Testing

@testable import SnugServer

@Suite struct ShutdownTests {
    @Test(
        arguments: [
            ("SHUTDOWN", []), ("shutdown nosave", [.nosave]), ("SHUTDOWN NOW FORCE", [.now, .force]),
            ("SHUTDOWN SAVE FORCE", [.save, .force]),
        ] as [(String, ShutdownOptions)])
    func theEndIsAskedFor(_ line: String, _ options: ShutdownOptions) {
        let test = TestServer()
        var asked: [ShutdownOptions] = []
        test.server.onShutdown = { asked.append($0.options) }
        let client = test.connect()
        #expect(client(line) == "")
        #expect(asked == [options])
    }

    @Test(arguments: [
        ("SHUTDOWN FOO", "-ERR syntax error"), ("SHUTDOWN SAVE NOSAVE", "-ERR syntax error"),
        ("SHUTDOWN NOSAVE ABORT", "-ERR syntax error"), ("SHUTDOWN ABORT", "-ERR No shutdown in progress."),
        ("SHUTDOWN SAVE", "-ERR Errors trying to SHUTDOWN. Check logs."),
    ])
    func refusals(_ line: String, _ reply: String) {
        let test = TestServer()
        test.server.onShutdown = { _ in Issue.record("must not end") }
        #expect(test.connect()(line) == reply)
    }
}

import Foundation
import Logging
import SnugConfiguration
import Testing

@testable import SnugServer

@Suite struct LineLogHandlerTests {
    /// What a logger writes into a file while `body` uses it.
    private func lines(_ level: LogLevel, _ body: (Logger) -> Void) throws -> [String] {
        let path = NSTemporaryDirectory() + "snug-log-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let output = try LogOutput(path: path, level: level)
        body(Logger(label: "test") { _ in LineLogHandler(output: output) })
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test func oneLineForEachMessage() throws {
        let written = try lines(.notice) { logger in
            logger.notice("ready")
            logger.warning("two\nlines", metadata: ["b": "2", "a": "1"])
        }
        #expect(written.count == 2)
        #expect(written[0].wholeMatch(of: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} notice  ready/) != nil)
        #expect(written[1].hasSuffix(" warning two lines a=1 b=2"))
    }

    @Test(arguments: [
        (LogLevel.debug, 4), (.verbose, 3), (.notice, 2), (.warning, 1), (.nothing, 0),
    ])
    func levels(_ level: LogLevel, _ count: Int) throws {
        let written = try lines(level) { logger in
            logger.debug("a")
            logger.info("b")
            logger.notice("c")
            logger.warning("d")
        }
        #expect(written.count == count)
    }

    @Test func theLevelChangesForEveryLoggerOfTheOutput() throws {
        let written = try lines(.warning) { logger in
            var other = logger
            other.logLevel = LogLevel.notice.loggerLevel
            logger.notice("seen")
            other.logLevel = LogLevel.nothing.loggerLevel
            logger.warning("not seen")
        }
        #expect(written.count == 1)
    }

    @Test func aFileThatCannotBe() {
        #expect(throws: ConfigurationSourceError("No such file or directory")) {
            try LogOutput(path: "/no/such/directory/log", level: .notice)
        }
    }
}

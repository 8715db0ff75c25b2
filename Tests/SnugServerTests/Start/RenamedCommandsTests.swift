import Logging
import SnugConfiguration
import Testing

@testable import SnugServer

@Suite struct RenamedCommandsTests {
    private func configuration(_ lines: String) throws -> Configuration {
        var loader = ConfigurationLoader(sources: NoFiles())
        try loader.load(Array(lines.utf8), origin: "test")
        return loader.configuration
    }

    @Test func commandsAnswerToTheirNewNames() throws {
        let test = TestServer(
            try configuration("rename-command ECHO say\nrename-command CONFIG \"\"\nrename-command PING echo"))
        let client = test.connect()
        #expect(client("ECHO") == "+PONG")
        #expect(client("SAY x") == "$1 x")
        #expect(client("PING").hasPrefix("-ERR unknown command"))
        #expect(client("CONFIG GET port").hasPrefix("-ERR unknown command"))
        #expect(client("SET k v") == "+OK")
    }

    @Test(arguments: [
        "rename-command NONE x", "rename-command GET set", "rename-command GET a-name-of-more-than-24-bytes",
        "rename-command GET \"\"\nrename-command GET x",
    ])
    func impossibleNames(_ lines: String) throws {
        let renamed = try configuration(lines).privileges.renamedCommands
        #expect(throws: StartError.self) { try Server.makeTable(renamed) }
    }
}

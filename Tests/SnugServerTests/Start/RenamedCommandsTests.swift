import Logging
import SnugConfiguration
import SnugMemory
import Testing

@testable import SnugServer

@Suite struct RenamedCommandsTests {
    private func names(_ lines: String) throws -> [RenamedCommand] {
        var loader = ConfigurationLoader(sources: NoFiles())
        try loader.load(Array(lines.utf8), origin: "test")
        return loader.configuration.privileges.renamedCommands
    }

    @Test func commandsAnswerToTheirNewNames() throws {
        let table = try Server.makeTable(names("rename-command GET fetch\nrename-command CONFIG \"\"\nrename-command SET GET"))
        let set = try #require(table.find(Array("get".utf8).rawBytes))
        #expect(table.entries[set].fullName == "set")
        #expect(table.find(Array("set".utf8).rawBytes) == nil)
        #expect(table.find(Array("CONFIG".utf8).rawBytes) == nil)
        let get = try #require(table.find(Array("FETCH".utf8).rawBytes))
        #expect(table.entries[get].fullName == "get")
        #expect(table.find(Array("ping".utf8).rawBytes) != nil)
    }

    @Test(arguments: [
        "rename-command NONE x", "rename-command GET set", "rename-command GET a-name-of-more-than-24-bytes",
        "rename-command GET \"\"\nrename-command GET x",
    ])
    func impossibleNames(_ lines: String) throws {
        let renamed = try names(lines)
        #expect(throws: StartError.self) { try Server.makeTable(renamed) }
    }
}

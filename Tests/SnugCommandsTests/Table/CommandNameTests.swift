import SnugMemory
import Testing

@testable import SnugCommands

@Suite struct CommandNameTests {
    private let table = CommandTable(StringCommands.all)

    @Test(arguments: ["get", "GET", "gEt"])
    func anyCase(name: String) {
        let found = table.find(Array(name.utf8).rawBytes)
        #expect(found.map { table.entries[$0].fullName } == "get")
    }

    /// Redis compares names up to a zero byte, but only where their hashes fall together: what it answers is chance.
    @Test(arguments: ["GET\0", "get\0\0\0", "\0get", "", "get ", "getgetgetgetgetgetgetgetg"])
    func otherNames(name: String) {
        let found = table.find(Array(name.utf8).rawBytes)
        #expect(found == nil)
    }
}

import Foundation
import SnugConfiguration
import Testing

@Suite final class SystemFilesTests {
    private let directory: String

    init() throws {
        directory = NSTemporaryDirectory() + "snug-files-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    private func write(_ text: String, _ name: String) throws {
        try text.write(toFile: "\(directory)/\(name)", atomically: false, encoding: .utf8)
    }

    @Test func readingAndExpanding() throws {
        try write("b", "b.conf")
        try write("a", "a.conf")
        let files = SystemFiles(directory: directory)
        #expect(try files.read("a.conf") == Array("a".utf8))
        #expect(files.expand("*.conf").map { $0.split(separator: "/").last } == ["a.conf", "b.conf"])
        #expect(files.expand("none*") == [])
        #expect(files.expand("none") == ["none"])
        #expect(throws: ConfigurationSourceError("No such file or directory")) { try files.read("none") }
        #expect(throws: ConfigurationSourceError("Is a directory")) { try files.read(".") }
    }

    @Test func replacingKeepsModeAndLinks() throws {
        try write("old", "real.conf")
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o640], ofItemAtPath: "\(directory)/real.conf")
        try manager.createSymbolicLink(atPath: "\(directory)/link.conf", withDestinationPath: "real.conf")
        let files = SystemFiles(directory: directory)
        try files.replace("link.conf", with: Array("new".utf8))
        #expect(try files.read("real.conf") == Array("new".utf8))
        let attributes = try manager.attributesOfItem(atPath: "\(directory)/real.conf")
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        #expect(try manager.destinationOfSymbolicLink(atPath: "\(directory)/link.conf") == "real.conf")
        #expect(try Set(manager.contentsOfDirectory(atPath: directory)) == ["real.conf", "link.conf"])
    }

    @Test func replacingWhereNothingCanBe() {
        #expect(throws: ConfigurationSourceError("No such file or directory")) {
            try SystemFiles().replace("\(directory)/none/file", with: [])
        }
    }

    @Test func aCommandLineWithAFile() throws {
        try write("timeout 5\ninclude \(directory)/more.conf\nport 7000\n", "snug.conf")
        try write("maxclients 50\n", "more.conf")
        let loaded = try LoadedConfiguration(commandLine: ["\(directory)/snug.conf", "--port", "7001"])
        #expect(loaded.configuration.network.idleSecondsMax == 5)
        #expect(loaded.configuration.clients.countMax == 50)
        #expect(loaded.configuration.port == 7001)
        #expect(loaded.configuration.process.configurationFile.hasSuffix("/snug.conf"))
        #expect(loaded.given == ["timeout", "maxclients", "port"])
    }
}

import SnugConfiguration
import Testing

@Suite struct ServeArgumentsTests {
    private func lines(_ words: String...) throws -> [String] {
        try ServeArguments(words).lines.map(\.text)
    }

    @Test func valuesGoUpToTheNextName() throws {
        #expect(try lines("--port", "7000", "--bind", "127.0.0.1", "-::1") == ["--port 7000", "--bind 127.0.0.1 -::1"])
        #expect(try lines("--save", "900", "1", "300", "10") == ["--save 900 1 300 10"])
        #expect(try lines("--requirepass", "two words") == ["--requirepass \"two words\""])
        #expect(try lines("--port 7000", "--hz", "20") == ["--port 7000", "--hz 20"])
    }

    @Test func theFirstValueMayLookLikeAName() throws {
        #expect(try lines("--requirepass", "--secret", "--hz", "20") == ["--requirepass --secret", "--hz 20"])
    }

    @Test func saveMayStandAlone() throws {
        #expect(try lines("--save", "--hz", "20") == ["--save \"\"", "--hz 20"])
        #expect(try lines("--save", "", "--hz", "20") == ["--save \"\"", "--hz 20"])
        #expect(try lines("--save") == ["--save \"\""])
    }

    @Test func fileAndStandardInput() throws {
        let arguments = try ServeArguments(["snug.conf", "-", "--port", "1"])
        #expect(arguments.file == "snug.conf")
        #expect(arguments.readsStandardInput)
        #expect(try ServeArguments([]) == ServeArguments([]))
        #expect(throws: ConfigurationError.self) { try ServeArguments(["a.conf", "b.conf"]) }
        #expect(throws: ConfigurationError.self) { try ServeArguments(["-p", "1"]) }
        #expect(throws: ConfigurationError.self) { try ServeArguments(["--\"port"]) }
    }

    @Test func errorsNameTheCommandLine() throws {
        #expect {
            try LoadedConfiguration(commandLine: ["--port", "x"])
        } throws: { error in
            let said = "\(error)"
            return said.hasPrefix("command line: ") && said.contains("port") && said.contains("'x'")
        }
    }
}

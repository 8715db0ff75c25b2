import Foundation
import Testing

/// Every command that is declared stands in its group's list, and nothing stands there twice.
@Suite struct CommandListTests {
    @Test func everyCommandIsInItsGroupsList() throws {
        let files =
            try SourceTree.swiftFiles(under: "Sources/SnugCommands")
            + SourceTree.swiftFiles(under: "Sources/SnugServer/Commands")
        var declared: Set<String> = []
        var listed: [String] = []
        for file in files {
            for line in file.lines {
                let code = line.code
                if let match = code.range(
                    of: #"^(package )?enum \w+: (Command|ServerCommand) "#, options: .regularExpression)
                {
                    let words = code[match].split { $0 == " " || $0 == ":" }
                    if let name = words.drop(while: { $0 != "enum" }).dropFirst().first {
                        declared.insert(String(name))
                    }
                }
            }
            guard file.name.hasSuffix("Commands.swift") else { continue }
            for match in file.lines.joined(separator: "\n").matches(of: /(\w+)\.self/) {
                listed.append(String(match.1))
            }
        }
        #expect(declared.count > 10, "the declarations are not where this test looks")
        #expect(declared.subtracting(listed).isEmpty, "declared and in no list: \(declared.subtracting(listed))")
        #expect(Set(listed).subtracting(declared).isEmpty, "listed and not declared")
        #expect(listed.count == Set(listed).count, "listed twice")
    }
}

import Foundation
import Testing

/// Files and functions that are small stay small.
@Suite struct SizeTests {
    private static let lineCountMax = 500
    private static let functionLineCountMax = 70
    private static let columnMax = 120
    /// What is longer, and why it may be. An entry that is no longer needed fails the test too.
    private static let longerFunctions: Set<String> = []

    @Test func filesStaySmall() throws {
        for folder in ["Sources", "Tests"] {
            for file in try SourceTree.swiftFiles(under: folder) {
                #expect(file.lines.count <= Self.lineCountMax, "\(file.path) has \(file.lines.count) lines")
            }
        }
    }

    @Test func linesFitTheColumn() throws {
        for file in try SourceTree.swiftFiles(under: "Sources") {
            for (number, line) in file.lines.enumerated() {
                #expect(line.count <= Self.columnMax, "\(file.path):\(number + 1) has \(line.count) columns")
            }
        }
    }

    @Test func functionsStaySmall() throws {
        var longer: Set<String> = []
        for file in try SourceTree.swiftFiles(under: "Sources") {
            for function in functions(in: file) where function.lineCount > Self.functionLineCountMax {
                longer.insert("\(file.path): \(function.name)")
            }
        }
        #expect(longer == Self.longerFunctions)
    }

    /// A function reaches from its `func` or `init` to the line that closes its braces at the same indentation.
    private func functions(in file: SourceTree.File) -> [(name: String, lineCount: Int)] {
        var found: [(String, Int)] = []
        for (start, line) in file.lines.enumerated() {
            let code = line.code
            let pattern = #"\b(func\s+\w+|(?<!\.)init\b)"#
            guard let range = code.range(of: pattern, options: .regularExpression) else { continue }
            let indentation = line.prefix { $0 == " " }
            let end = file.lines[start...].firstIndex { $0 == indentation + "}" } ?? start
            found.append((String(code[range]), end - start + 1))
        }
        return found
    }
}

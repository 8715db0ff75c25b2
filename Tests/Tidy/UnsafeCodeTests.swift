import Foundation
import Testing

/// Raw pointers stay where they are allowed, and every use says why it is sound.
@Suite struct UnsafeCodeTests {
    private static let pointerWords = [
        "UnsafePointer", "UnsafeMutablePointer", "UnsafeRawPointer", "UnsafeMutableRawPointer",
        "UnsafeBufferPointer", "UnsafeMutableBufferPointer", "OpaquePointer", "Unmanaged",
    ]

    /// The transports' shims over system calls that take pointers.
    private static let shims: Set<String> = [
        "Sources/SnugServer/Transport/ListeningSocket.swift", "Sources/SnugServer/Transport/SocketName.swift",
        "Sources/SnugClient/Transport/Socket.swift", "Sources/SnugLab/Servers/FreePort.swift",
    ]

    @Test func rawPointersStayInMemory() throws {
        for file in try SourceTree.swiftFiles(under: "Sources")
        where file.target != "SnugMemory" && !Self.shims.contains(file.path) {
            for (number, line) in file.lines.enumerated() {
                for word in Self.pointerWords {
                    #expect(!line.code.contains(word), "\(file.path):\(number + 1) names \(word)")
                }
            }
        }
    }

    /// A `SAFETY:` sentence stands in the same function, or a few lines above.
    @Test func unsafeExpressionsSayWhyTheyAreSound() throws {
        let reach = 14
        for file in try SourceTree.swiftFiles(under: "Sources") {
            for (number, line) in file.lines.enumerated() {
                let code = line.code
                guard code.contains("unsafe "), !code.contains("@unsafe"), !code.contains("nonisolated(unsafe)")
                else { continue }
                let around = file.lines[max(0, number - reach)...min(file.lines.count - 1, number + 2)]
                #expect(
                    around.contains { $0.contains("SAFETY:") },
                    "\(file.path):\(number + 1) is unsafe without a SAFETY sentence")
            }
        }
    }

    @Test func nothingIsUncheckedByFlag() throws {
        let manifest = SourceTree.root.appendingPathComponent("Package.swift")
        let text = try String(contentsOf: manifest, encoding: .utf8)
        #expect(!text.contains("Ounchecked"))
        #expect(text.contains("strictMemorySafety"))
    }
}

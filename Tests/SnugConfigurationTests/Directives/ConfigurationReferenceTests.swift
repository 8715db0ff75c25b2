import Foundation
import SnugConfiguration
import Testing

@Suite struct ConfigurationReferenceTests {
    /// When this fails: `swift run snug document configuration > docs/configuration.md`.
    @Test func theDocumentSaysWhatIsDeclared() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let document = root.appendingPathComponent("docs/configuration.md")
        #expect(try String(contentsOf: document, encoding: .utf8) == ConfigurationReference.markdown)
    }
}

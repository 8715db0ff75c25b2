import Foundation
import Testing

/// Documents point at what exists.
@Suite struct DocumentTests {
    @Test func relativeLinksLead() throws {
        let root = SourceTree.root
        var documents = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map { root.appendingPathComponent($0) }
        let docs = root.appendingPathComponent("docs")
        if let walker = FileManager.default.enumerator(at: docs, includingPropertiesForKeys: nil) {
            for case let url as URL in walker where url.pathExtension == "md" { documents.append(url) }
        }
        for document in documents {
            let text = try String(contentsOf: document, encoding: .utf8)
            for match in text.matches(of: /\]\(([^)#]+)(#[^)]*)?\)/) {
                let target = String(match.1)
                guard !target.contains("://") else { continue }
                let path = document.deletingLastPathComponent().appendingPathComponent(target).path
                #expect(
                    FileManager.default.fileExists(atPath: path), "\(document.lastPathComponent) links to \(target)")
            }
        }
    }
}

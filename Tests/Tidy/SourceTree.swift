import Foundation

/// The repository's Swift sources as text, found from this file's own place.
struct SourceTree {
    struct File {
        /// Relative to the repository, such as "Sources/SnugEngine/Keyspace/Entry.swift".
        let path: String
        let lines: [String]

        /// The target that the file belongs to.
        var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
        var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    }

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file under `folder`.
    static func swiftFiles(under folder: String) throws -> [File] {
        let start = root.appendingPathComponent(folder)
        guard let walker = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil) else {
            throw Missing(folder: folder)
        }
        var files: [File] = []
        for case let url as URL in walker where url.pathExtension == "swift" {
            let text = try String(contentsOf: url, encoding: .utf8)
            let path = String(url.path.dropFirst(root.path.count + 1))
            files.append(File(path: path, lines: text.components(separatedBy: "\n")))
        }
        return files.sorted { $0.path < $1.path }
    }

    struct Missing: Error {
        let folder: String
    }
}

extension String {
    /// The line without a comment that ends it and without the contents of string literals.
    var code: String {
        var result = ""
        var inString = false
        var previous: Character = " "
        for character in self {
            if inString {
                if character == "\"" && previous != "\\" { inString = false }
            } else if character == "\"" {
                inString = true
            } else if character == "/" && previous == "/" {
                result.removeLast()
                return result
            } else {
                result.append(character)
            }
            previous = character
        }
        return result
    }
}

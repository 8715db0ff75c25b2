internal import SnugMemory

/// Where the loader gets included files from. The system's files in a server; a dictionary in tests; nothing under
/// fuzzing.
package protocol ConfigurationSources {
    /// The bytes of the file at `path`. Throws why it cannot be read, in words.
    func read(_ path: String) throws(ConfigurationSourceError) -> [UInt8]
    /// The paths that match the glob pattern, in order; the pattern itself when it has no glob characters.
    func expand(_ pattern: String) -> [String]
}

package struct ConfigurationSourceError: Error, Equatable {
    package let text: String

    package init(_ text: String) { self.text = text }
}

/// No files: what is read is complete in itself.
package struct NoFiles: ConfigurationSources {
    package init() {}

    package func read(_ path: String) throws(ConfigurationSourceError) -> [UInt8] {
        throw ConfigurationSourceError("files are not read here")
    }

    package func expand(_ pattern: String) -> [String] { [pattern] }
}

/// Applies lines to a configuration, files that they include among them.
package struct ConfigurationLoader<Sources: ConfigurationSources> {
    let sources: Sources
    package private(set) var configuration: Configuration
    /// Names of the directives that were given, once each, in the order of their first appearance.
    package private(set) var given: [String] = []
    private var filesBeingRead: [String] = []

    /// Deeper includes are refused: they would be a loop under different names.
    private static var includeDepthMax: Int { 16 }

    package init(_ configuration: Configuration = Configuration(), sources: Sources) {
        self.configuration = configuration
        self.sources = sources
    }

    /// Reads the file at `path` and applies it.
    package mutating func load(file path: String) throws(ConfigurationError) {
        let bytes: [UInt8]
        do {
            bytes = try sources.read(path)
        } catch {
            throw ConfigurationError(origin: path, reason: "cannot be read: \(error.text)")
        }
        try load(bytes, origin: path)
    }

    /// Applies the lines of a file's `bytes`.
    package mutating func load(_ bytes: [UInt8], origin: String) throws(ConfigurationError) {
        filesBeingRead.append(origin)
        defer { filesBeingRead.removeLast() }
        for line in try ConfigurationFile.parse(bytes, origin: origin).get() { try apply(line) }
    }

    /// Applies one line. On an error nothing of it has been applied.
    package mutating func apply(_ line: ConfigurationLine) throws(ConfigurationError) {
        let name = String(decoding: line.words[0].map(\.asciiLowercased), as: UTF8.self)
        let values = Array(line.words.dropFirst())
        switch name {
        case "include": try include(values, line)
        case "rename-command": try renameCommand(values, line)
        default:
            guard let directive = Directives.find(line.words[0]) else { throw unknown(name, line) }
            do {
                try directive.set(line: values, in: &configuration)
            } catch {
                throw line.error(Self.explained(error, directive, values))
            }
            if !given.contains(directive.name) { given.append(directive.name) }
        }
    }

    private mutating func include(_ values: [[UInt8]], _ line: ConfigurationLine) throws(ConfigurationError) {
        guard values.count == 1, !values[0].isEmpty else { throw line.error("'include' takes one path") }
        let pattern = String(decoding: values[0], as: UTF8.self)
        for path in sources.expand(pattern) {
            guard !filesBeingRead.contains(path), filesBeingRead.count < Self.includeDepthMax else {
                throw line.error("'\(path)' includes itself: " + (filesBeingRead + [path]).joined(separator: " → "))
            }
            let bytes: [UInt8]
            do {
                bytes = try sources.read(path)
            } catch {
                throw line.error("'\(path)' cannot be read: \(error.text)")
            }
            try load(bytes, origin: path)
        }
    }

    private mutating func renameCommand(_ values: [[UInt8]], _ line: ConfigurationLine) throws(ConfigurationError) {
        guard values.count == 2, !values[0].isEmpty else {
            throw line.error("'rename-command' takes a command and its new name, \"\" for none")
        }
        configuration.privileges.renamedCommands.append(RenamedCommand(name: values[0], newName: values[1]))
    }

    // MARK: Messages

    private func unknown(_ name: String, _ line: ConfigurationLine) -> ConfigurationError {
        if let need = Directives.refused[name] { return line.error("'\(name)' is not supported: \(need)") }
        let hint = Directives.nearest(to: line.words[0]).map { "; did you mean '\($0)'?" } ?? ""
        return line.error("unknown directive '\(name)'" + hint)
    }

    private static func explained(_ error: ValueError, _ directive: Directive, _ values: [[UInt8]]) -> String {
        let counts = directive.wordCounts
        if !counts.contains(values.count) {
            let wanted = counts == 1...1 ? "one value" : counts == 2...2 ? "two values" : "at least one value"
            return "'\(directive.name)' takes \(wanted), not \(values.count): \(directive.kind.description)"
        }
        if case .words = directive.kind { return "'\(directive.name)': \(error.text) (\(directive.kind.description))" }
        let value = String(decoding: Array(values.joined(separator: [32])), as: UTF8.self)
        switch directive.kind {
        case .text: return "'\(directive.name)': \(error.text)"
        default: return "'\(value)' is no value for '\(directive.name)', which takes \(directive.kind.description)"
        }
    }
}

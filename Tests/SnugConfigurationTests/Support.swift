import SnugConfiguration

/// Files that exist in a dictionary only.
struct MemoryFiles: ConfigurationSources {
    var files: [String: String] = [:]

    func read(_ path: String) throws(ConfigurationSourceError) -> [UInt8] {
        guard let text = files[path] else { throw ConfigurationSourceError("No such file or directory") }
        return Array(text.utf8)
    }

    func expand(_ pattern: String) -> [String] {
        guard let star = pattern.firstIndex(of: "*") else { return [pattern] }
        let (start, end) = (pattern[..<star], pattern[pattern.index(after: star)...])
        return files.keys.filter { $0.hasPrefix(start) && $0.hasSuffix(end) }.sorted()
    }
}

/// What loading `text` gives.
func load(_ text: String, files: [String: String] = [:]) throws(ConfigurationError) -> Configuration {
    var loader = ConfigurationLoader(sources: MemoryFiles(files: files))
    try loader.load(Array(text.utf8), origin: "snug.conf")
    return loader.configuration
}

/// The error that loading `text` gives.
func loadError(_ text: String, files: [String: String] = [:]) -> ConfigurationError? {
    do throws(ConfigurationError) {
        _ = try load(text, files: files)
        return nil
    } catch {
        return error
    }
}

extension Configuration {
    /// The value of one directive as CONFIG GET answers it.
    func get(_ name: String) -> String? {
        value(named: name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What CONFIG SET with these words makes.
    func set(_ words: String..., allowsProtected: Bool = false) throws(ChangeError) -> Configuration {
        try changed(words.map { Array($0.utf8) }, allowsProtected: allowsProtected).configuration
    }

    /// The reply of a CONFIG SET that fails.
    func setError(_ words: String...) -> String? {
        do throws(ChangeError) {
            _ = try changed(words.map { Array($0.utf8) }, allowsProtected: false)
            return nil
        } catch {
            return String(decoding: error.reply, as: UTF8.self)
        }
    }
}

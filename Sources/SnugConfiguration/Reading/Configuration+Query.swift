/// CONFIG GET.
extension Configuration {
    /// The names that the patterns match, each once, with their values. A pattern without glob characters is a name, and
    /// is answered as it was written.
    package func values(matching patterns: [[UInt8]]) -> [(name: [UInt8], value: [UInt8])] {
        var found: [(name: [UInt8], value: [UInt8])] = []
        var names: Set<String> = []
        for pattern in patterns where !Glob.hasSpecialCharacters(pattern) {
            guard let directive = Directives.find(pattern) else { continue }
            if names.insert(Directives.folded(pattern)).inserted { found.append((pattern, directive.value(in: self))) }
        }
        let globs = patterns.filter(Glob.hasSpecialCharacters)
        guard !globs.isEmpty else { return found }
        for directive in Directives.all {
            for name in [directive.name, directive.oldName].compactMap(\.self) {
                let bytes = Array(name.utf8)
                guard globs.contains(where: { Glob.matches($0, bytes) }), names.insert(name).inserted else { continue }
                found.append((bytes, directive.value(in: self)))
            }
        }
        return found
    }
}

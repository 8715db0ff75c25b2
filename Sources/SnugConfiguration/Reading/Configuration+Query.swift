/// CONFIG GET.
extension Configuration {
    /// The names that the patterns match, each once, with their values. A pattern without glob characters is a name,
    /// and is answered as it was written, unless an earlier pattern has answered it. `isMatch` says whether a pattern
    /// (first) matches a name, in any case: patterns are understood a layer above.
    package func values(
        matching patterns: [[UInt8]], by isMatch: ([UInt8], [UInt8]) -> Bool
    ) -> [(name: [UInt8], value: [UInt8])] {
        var found: [(name: [UInt8], value: [UInt8])] = []
        var names: Set<String> = []
        for pattern in patterns {
            guard Self.isGlob(pattern) else {
                guard let directive = Directives.find(pattern) else { continue }
                if names.insert(Directives.folded(pattern)).inserted {
                    found.append((pattern, directive.value(in: self)))
                }
                continue
            }
            for directive in Directives.all {
                for name in [directive.name, directive.oldName].compactMap(\.self) {
                    let bytes = Array(name.utf8)
                    guard isMatch(pattern, bytes), names.insert(name).inserted else { continue }
                    found.append((bytes, directive.value(in: self)))
                }
            }
        }
        return found
    }

    /// The value of the directive with this name or old name; nil when there is none.
    package func value(named name: String) -> [UInt8]? {
        Directives.find(Array(name.utf8))?.value(in: self)
    }

    private static func isGlob(_ pattern: [UInt8]) -> Bool {
        pattern.contains { "*?[".utf8.contains($0) }
    }
}

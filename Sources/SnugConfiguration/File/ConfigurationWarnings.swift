/// What to tell the operator about directives that do not do all they say.
package enum ConfigurationWarnings {
    /// One sentence for each given directive that would do something else in Redis, and one that names those without
    /// any effect. A value that asks for what Snug does anyway needs no warning.
    package static func sentences(given: [String], _ configuration: borrowing Configuration) -> [String] {
        let initial = Configuration()
        var sentences: [String] = []
        var idle: [String] = []
        for name in given {
            guard let directive = Directives.find(Array(name.utf8)) else { continue }
            let value = directive.value(in: configuration)
            let isInitial = value == directive.value(in: initial)
            switch directive.effect {
            case .full: continue
            case .notYet(let reason):
                if !isInitial { sentences.append("\(name): \(reason)") }
            case .none:
                if !(isInitial && isOff(value)) { idle.append(name) }
            }
        }
        if !idle.isEmpty {
            sentences.append("these directives are kept without effect: " + idle.joined(separator: ", "))
        }
        return sentences
    }

    /// Whether a default value means that a feature is not used.
    private static func isOff(_ value: [UInt8]) -> Bool {
        value.isEmpty || value == Array("no".utf8) || value == Array("0".utf8)
    }
}

internal import SnugMemory

/// Every directive, and how one is found by name.
package enum Directives {
    /// In the order of the documentation.
    package static let all: [Directive] =
        NetworkDirectives.all + DataDirectives.all + ObservationDirectives.all + ProcessDirectives.all
        + PersistenceDirectives.all + ReplicationDirectives.all + ClusterDirectives.all

    /// All names and old names with the directive's index.
    private static let byName: [String: Int] = {
        var byName: [String: Int] = [:]
        for (index, directive) in all.enumerated() {
            for name in [directive.name, directive.oldName].compactMap(\.self) {
                let earlier = byName.updateValue(index, forKey: name)
                precondition(earlier == nil, "\(name) is declared twice")
            }
        }
        return byName
    }()

    /// The directive with this name or old name, in any case.
    package static func find(_ name: [UInt8]) -> Directive? {
        byName[folded(name)].map { all[$0] }
    }

    /// A name as it is compared: in small letters.
    static func folded(_ name: [UInt8]) -> String {
        String(decoding: name.map(\.asciiLowercased), as: UTF8.self)
    }

    /// Directives whose values must not be shown in logs.
    package static let secrets: Set<String> = [
        "requirepass", "masterauth", "masteruser", "tls-key-file-pass", "tls-client-key-file-pass",
    ]

    /// Words that a configuration file may begin a line with and that are no directives of their own, with what they
    /// would need.
    package static let refused: [String: String] = [
        "loadmodule": "modules cannot be loaded",
        "user": "users cannot be defined yet; requirepass sets the default user's password",
    ]

    /// The known name that differs least from `name`, if it differs by two letters or a third of them.
    package static func nearest(to name: [UInt8]) -> String? {
        guard name.count <= 64 else { return nil }
        let name = name.map(\.asciiLowercased)
        let candidates = byName.keys.map { (name: $0, distance: distance(name, Array($0.utf8))) }
        guard let best = candidates.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }) else { return nil }
        return best.distance <= max(2, name.count / 3) ? best.name : nil
    }

    /// Insertions, deletions and replacements of letters that turn one word into the other (V. Levenshtein 1966).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let replaced = diagonal + (letter == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}

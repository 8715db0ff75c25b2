package import SnugClient

/// What a person asked for.
package struct LabOptions: Sendable {
    package var experiments: [ExperimentName]
    package var itemCount = 1_000_000
    package var repeatCount = 1
    package var seed: UInt64 = 20_251_121
    package var outputDirectory: String?
    package var isQuiet = false
    /// Whether Snug's own server takes part.
    package var includesOwn = true
    /// `NAME=ADDRESS`, as given.
    package var servers: [String] = []
    /// `NAME=COMMAND`, as given.
    package var spawns: [String] = []
    /// Wins over the database in the addresses.
    package var database: Int?
    package var trust = TrustSettings()

    package init(experiments: [ExperimentName]) { self.experiments = experiments }

    static let ownName = "snug"
    static let nameCountMax = 16

    /// The servers that take part, in the order given.
    func subjects() throws(LabError) -> [Subject] {
        var subjects: [Subject] = []
        if includesOwn { subjects.append(Subject(name: Self.ownName, source: .own)) }
        for text in servers {
            let (name, rest) = try Self.split(text, "--server NAME=ADDRESS")
            do throws(AddressError) {
                var address = try ServerAddress(rest)
                if let database { address.database = database }
                subjects.append(Subject(name: name, source: .running(address), trust: trust))
            } catch {
                throw LabError("server \(name): \(error.description)")
            }
        }
        for text in spawns {
            let (name, command) = try Self.split(text, "--spawn NAME=COMMAND")
            subjects.append(Subject(name: name, source: .spawned(command: command)))
        }
        guard !subjects.isEmpty else { throw LabError("no server takes part: give --server or --spawn") }
        var names: Set<String> = []
        for subject in subjects where !names.insert(subject.name).inserted {
            throw LabError("two servers are called '\(subject.name)'")
        }
        return subjects
    }

    /// Names appear in charts and in the names of files.
    private static func split(_ text: String, _ form: String) throws(LabError) -> (String, String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else {
            throw LabError("\(form): there is no '=' between a name and what it stands for")
        }
        let isFine = parts[0].utf8.allSatisfy { byte in
            (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == 45 || byte == 46 || byte == 95
        }
        guard isFine, !parts[0].isEmpty, parts[0].count <= nameCountMax, parts[0].first != "." else {
            throw LabError(
                "\(form): a name has 1 to \(nameCountMax) letters, digits, '-', '_' or '.', unlike "
                    + "'\(parts[0].prefix(40))'"
            )
        }
        return (String(parts[0]), String(parts[1]))
    }
}

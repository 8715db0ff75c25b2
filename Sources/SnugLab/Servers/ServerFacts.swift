internal import SnugClient

/// What INFO says, by field.
struct ServerInfo {
    private var fields: [Substring: Substring] = [:]

    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":"), !line.hasPrefix("#") else { continue }
            fields[line[..<colon]] = line[line.index(after: colon)...]
        }
    }

    subscript(name: Substring) -> Substring? { fields[name] }

    func integer(_ name: Substring) -> Int? { fields[name].flatMap { Int($0) } }
    func number(_ name: Substring) -> Double? { fields[name].flatMap { Double($0) } }

    /// Name and version, such as "Redis 7.0.15".
    var product: String {
        for (field, name) in [
            ("snug_version", "Snug"), ("valkey_version", "Valkey"), ("dragonfly_version", "Dragonfly"),
            ("garnet_version", "Garnet"), ("redis_version", "Redis"),
        ] as [(Substring, String)] {
            if let version = fields[field] { return "\(name) \(version)" }
        }
        return "unknown"
    }

    var residentBytes: Int? { integer("used_memory_rss") }

    /// Processor time of the whole server so far, in seconds.
    var processorSeconds: Double? {
        guard let user = number("used_cpu_user"), let system = number("used_cpu_sys") else { return nil }
        return user + system
    }

    /// Databases that hold keys, by number.
    var keyCounts: [Int: Int] {
        var counts: [Int: Int] = [:]
        for (name, value) in fields where name.hasPrefix("db") {
            guard let number = Int(name.dropFirst(2)), value.hasPrefix("keys=") else { continue }
            counts[number] = Int(value.dropFirst(5).prefix { $0.isNumber })
        }
        return counts
    }
}

/// What does not change in a run: who the server is, and the settings that decide.
struct ServerFacts: Equatable {
    var product = "unknown"
    /// What `hash-max-listpack-entries` and `hash-max-listpack-value` are called: before Redis 7 with "ziplist".
    var entriesName = "hash-max-listpack-entries"
    var valueName = "hash-max-listpack-value"
    /// As the run found them; nil when the server does not tell.
    var entriesLimit: Int?
    var valueLimit: Int?
    /// Why CONFIG cannot be used, in the server's words.
    var configurationRefusal: String?
    /// Whether the server saves snapshots by itself, which takes processor time and memory from what is measured.
    var savesSnapshots = false

    var acceptsConfiguration: Bool { configurationRefusal == nil }

    /// Asks the server. CONFIG SET is tried with the value that is there already, so that nothing changes.
    init(_ connection: Connection) throws(ClientError) {
        let info = ServerInfo(try connection.ask(["INFO"]).text ?? "")
        product = info.product
        do throws(ClientError) {
            for kind in ["listpack", "ziplist"] {
                let found = try Self.value(of: "hash-max-\(kind)-entries", connection)
                guard let found, let limit = Int(found) else { continue }
                entriesName = "hash-max-\(kind)-entries"
                valueName = "hash-max-\(kind)-value"
                entriesLimit = limit
                valueLimit = try Self.value(of: valueName, connection).flatMap { Int($0) }
                break
            }
            savesSnapshots = try Self.value(of: "save", connection).map { !$0.isEmpty } ?? false
            if let entriesLimit {
                _ = try connection.ask(["CONFIG", "SET", entriesName, "\(entriesLimit)"])
            } else {
                configurationRefusal = "it has no setting '\(entriesName)'"
            }
        } catch {
            guard case .refused(let text) = error else { throw error }
            configurationRefusal = text
        }
    }

    static func value(of setting: String, _ connection: Connection) throws(ClientError) -> String? {
        guard let elements = try connection.ask(["CONFIG", "GET", setting]).elements, elements.count >= 2 else {
            return nil
        }
        return elements[1].text
    }
}

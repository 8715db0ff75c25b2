internal import SnugMemory

/// The sections of INFO, in the order in which they are shown.
enum InfoSection: String, CaseIterable {
    case server, clients, memory, persistence, stats, replication, cpu, modules, commandstats, errorstats, latencystats
    case encodings, cluster, keyspace

    /// Whether INFO shows the section when it is asked for nothing in particular.
    var isDefault: Bool {
        switch self {
        case .commandstats, .latencystats: false
        default: true
        }
    }

    /// The section called `name`, in any case.
    init?(_ name: RawSpan) {
        self.init(rawValue: name.makeString().lowercased())
    }

    /// The sections that a word stands for: a section's name, `default`, `all` or `everything`; none for other words.
    static func named(by word: RawSpan) -> Set<InfoSection> {
        if word.equalsIgnoringCase("all") || word.equalsIgnoringCase("everything") { return Set(allCases) }
        if word.equalsIgnoringCase("default") { return Set(allCases.filter(\.isDefault)) }
        return InfoSection(word).map { [$0] } ?? []
    }
}

extension Server {
    /// The text of INFO with these sections. Reads the allocator's and the system's figures where they are shown.
    /// `replyBufferByteCount` is what the buffer holds that the text will be written into.
    func information(_ sections: Set<InfoSection>, replyBufferByteCount: Int) -> String {
        var text = InfoText()
        for section in InfoSection.allCases where sections.contains(section) {
            switch section {
            case .server: writeServer(&text)
            case .clients: writeClients(&text)
            case .memory: writeMemory(&text, replyBufferByteCount: replyBufferByteCount)
            case .persistence: writePersistence(&text)
            case .stats: writeStatistics(&text)
            case .replication: writeReplication(&text)
            case .cpu: writeProcessor(&text)
            case .modules: text.section("Modules")
            case .commandstats: writeCommandStatistics(&text)
            case .errorstats: writeErrorStatistics(&text)
            case .latencystats: writeLatencyStatistics(&text)
            case .encodings: writeEncodings(&text)
            case .cluster:
                text.section("Cluster")
                text.field("cluster_enabled", 0)
            case .keyspace: writeKeyspace(&text)
            }
        }
        return text.text
    }
}

internal import SnugEngine

/// What bounds the data: databases, encodings, memory, expiry.
enum DataDirectives {
    static let all: [Directive] = [
        .integer("databases", \.databases, .positive32, change: .atStart),
        .integer(
            "hash-max-listpack-entries", oldName: "hash-max-ziplist-entries", \.limits.hashListpackEntriesMax,
            .natural),
        .memory("hash-max-listpack-value", oldName: "hash-max-ziplist-value", \.limits.hashListpackValueMax),
        .bool("encoding-revert", \.limits.encodingsRevert),
        .integer(
            "list-max-listpack-size", oldName: "list-max-ziplist-size", \.limits.listListpackSize, .integer32),
        .kept("list-compress-depth", 0, .natural32),
        .integer("set-max-intset-entries", \.limits.setIntegerSetEntriesMax, .natural),
        .integer("set-max-listpack-entries", \.limits.setListpackEntriesMax, .natural),
        .memory("set-max-listpack-value", \.limits.setListpackValueMax),
        .integer(
            "zset-max-listpack-entries", oldName: "zset-max-ziplist-entries", \.limits.sortedSetListpackEntriesMax,
            .natural),
        .memory("zset-max-listpack-value", oldName: "zset-max-ziplist-value", \.limits.sortedSetListpackValueMax),
        .memory("hll-sparse-max-bytes", \.limits.hyperLogLogSparseByteCountMax),
        .memory("stream-node-max-bytes", \.limits.streamNodeByteCountMax),
        .integer("stream-node-max-entries", \.limits.streamNodeEntriesMax, .natural),
        .memory(
            "maxmemory", \.memory.byteCountMax, 0...UInt64.max,
            effect: .notYet("the limit is not enforced yet: memory use is not bounded")),
        .choice("maxmemory-policy", \.memory.policy),
        .integer("maxmemory-samples", \.memory.sampleCount, .positive32, effect: .none),
        .kept("maxmemory-eviction-tenacity", 10, 0...100),
        .integer("lfu-log-factor", \.memory.lfuLogFactor, .natural32),
        .integer("lfu-decay-time", \.memory.lfuDecayMinutes, .natural32),
        hz,
        .kept("dynamic-hz", true),
        .integer("active-expire-effort", \.expiry.effort, 1...10),
        .kept("lazyfree-lazy-eviction", false),
        .kept("lazyfree-lazy-expire", false),
        .kept("lazyfree-lazy-server-del", false),
        .kept("lazyfree-lazy-user-del", false),
        .kept("lazyfree-lazy-user-flush", false),
        .kept("activerehashing", true),
        .kept("activedefrag", .bool, "no") { (words) throws(ValueError) in
            if try ValueKind.bool(words[0]) {
                throw ValueError("Active defragmentation cannot be enabled: Snug has none")
            }
        },
        .kept("active-defrag-cycle-max", 25, 1...99),
        .kept("active-defrag-cycle-min", 1, 1...99),
        .kept("active-defrag-ignore-bytes", .memory(1...UInt64(Int64.max)), "104857600"),
        .kept("active-defrag-max-scan-fields", 1000, .positive),
        .kept("active-defrag-threshold-lower", 10, 0...1000),
        .kept("active-defrag-threshold-upper", 100, 0...1000),
        .kept("jemalloc-bg-thread", true),
        notifyKeyspaceEvents,
        .kept("locale-collate", .text, ""),
    ]

    /// Any natural number is taken and brought into 1 to 500.
    private static let hz = Directive(
        "hz", .integer(.natural32),
        read: { Array(String($0.expiry.roundsPerSecond).utf8) },
        write: { (configuration, words, _) throws(ValueError) in
            let rounds = try ValueKind.integer(words[0], in: .natural32)
            configuration.expiry.roundsPerSecond = Int(min(max(rounds, 1), 500))
        })

    // MARK: notify-keyspace-events

    private static let notifyKeyspaceEvents = Directive(
        "notify-keyspace-events", .words("letters among Ag$lshzxeKEtmdnf"),
        effect: .notYet("of keyspace notifications only `f` is sent yet: changes of encodings"),
        read: { $0.events.letters },
        write: { (configuration, words, _) throws(ValueError) in
            guard let events = EventSettings(words[0]) else {
                throw ValueError("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.")
            }
            configuration.events = events
        })
}

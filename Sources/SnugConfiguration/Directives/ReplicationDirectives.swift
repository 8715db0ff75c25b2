/// Replication, which is not there yet.
enum ReplicationDirectives {
    static let all: [Directive] = [
        replicaOf,
        .kept("masteruser", .text, ""),
        .kept("masterauth", .text, ""),
        .kept("replica-announce-ip", oldName: "slave-announce-ip", .text, ""),
        .kept("replica-announce-port", oldName: "slave-announce-port", 0, .ports),
        .kept("replica-announced", true),
        .kept("replica-ignore-disk-write-errors", false),
        .kept("replica-ignore-maxmemory", oldName: "slave-ignore-maxmemory", .bool, "yes"),
        .kept("replica-lazy-flush", oldName: "slave-lazy-flush", .bool, "no"),
        .kept("replica-priority", oldName: "slave-priority", 100, .natural32),
        .kept("replica-read-only", oldName: "slave-read-only", .bool, "yes"),
        .kept("replica-serve-stale-data", oldName: "slave-serve-stale-data", .bool, "yes"),
        .kept("min-replicas-max-lag", oldName: "min-slaves-max-lag", 10, .natural32),
        .kept("min-replicas-to-write", oldName: "min-slaves-to-write", 0, .natural32),
        .kept("propagation-error-behavior", .choice(["ignore", "panic", "panic-on-replicas"]), "ignore"),
        backlogSize,
        .kept("repl-backlog-ttl", 3600, .natural),
        .kept("repl-disable-tcp-nodelay", false),
        .kept("repl-diskless-load", .choice(["disabled", "on-empty-db", "swapdb"]), "disabled"),
        .kept("repl-diskless-sync", true),
        .kept("repl-diskless-sync-delay", 5, .natural32),
        .kept("repl-diskless-sync-max-replicas", 0, .natural32),
        .kept("repl-ping-replica-period", oldName: "repl-ping-slave-period", 10, .positive32),
        .kept("repl-timeout", 60, .positive32),
    ]

    /// Redis takes any size and makes it 16 KiB at least.
    private static let backlogSize = Directive(
        "repl-backlog-size", .memory(1...UInt64(Int64.max)), effect: .none,
        read: { $0.kept["repl-backlog-size"] ?? Array("1048576".utf8) },
        write: { (configuration, words, mode) throws(ValueError) in
            let value = try ValueKind.memory(1...UInt64(Int64.max)).normalized(words[0])
            let isLess = mode == .whole && (Int(String(decoding: value, as: UTF8.self)) ?? 0) < 16384
            configuration.kept["repl-backlog-size"] = isLess ? Array("16384".utf8) : value
        })

    private static let replicaOf = Directive(
        "replicaof", oldName: "slaveof", .words("host and port of the master, or no one"), change: .atStart,
        effect: .notYet("replication is not there yet: this server is a master"), wordCounts: 2...2,
        read: { $0.kept["replicaof"] ?? [] },
        write: { (configuration, words, _) throws(ValueError) in
            guard words.count == 2 else { throw .wrongCount }
            if (try? ValueKind.choice(words[0], among: ["no"])) != nil,
                (try? ValueKind.choice(words[1], among: ["one"])) != nil
            {
                configuration.kept["replicaof"] = nil
                return
            }
            guard (try? ValueKind.integer(words[1], in: .ports)) != nil else {
                throw ValueError("Invalid master port")
            }
            configuration.kept["replicaof"] = Array(words.joined(separator: [32]))
        })
}

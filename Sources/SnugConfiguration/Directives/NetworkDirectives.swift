internal import SnugRESP

/// Where the server listens and what it allows clients to hold.
enum NetworkDirectives {
    static let all: [Directive] = [
        bind,
        .integer("port", \.network.port, .ports),
        .text("unixsocket", \.network.unixSocketPath, change: .atStart),
        unixSocketPermissions,
        .bool("protected-mode", \.network.isProtected),
        .integer("tcp-backlog", \.network.backlog, .natural32, change: .atStart),
        .integer("tcp-keepalive", \.network.keepaliveSeconds, .natural32),
        .integer("timeout", \.network.idleSecondsMax, .natural32),
        .integer("maxclients", \.clients.countMax, 1...Int64(UInt32.max)),
        .memory(
            "client-query-buffer-limit", \.clients.queryBufferByteCountMax, 1 << 20...UInt64(Int64.max)),
        .memory("proto-max-bulk-len", \.requestLimits.bulkByteCountMax, 1 << 20...UInt64(Int64.max)),
        clientOutputBufferLimit,
        .kept("bind-source-addr", .text, ""),
        .kept("socket-mark-id", 0, 0...Int64(UInt32.max), change: .atStart),
        .kept("max-new-connections-per-cycle", 10, 1...1000),
        .kept("max-new-tls-connections-per-cycle", 1, 1...1000),
        .kept("maxmemory-clients", .memoryOrPercent, "0", effect: .notYet("clients are not evicted yet")),
        .kept("tracking-table-max-keys", 1_000_000, .natural),
        .kept("io-threads", 1, 1...128, change: .atStart),
        .kept("io-threads-do-reads", false, change: .atStart),
    ]

    private static let bindCountMax = 16

    private static let bind = Directive(
        "bind", .words("addresses separated by blanks, each with a leading - when it may be missing; * for all"),
        wordCounts: 1...Int.max,
        read: { Array($0.network.bind.joined(separator: " ").utf8) },
        write: { (configuration, words, _) throws(ValueError) in
            guard words.count <= bindCountMax else { throw ValueError("Too many bind addresses specified.") }
            let isNone = words.allSatisfy(\.isEmpty)
            configuration.network.bind = isNone ? [] : words.map { String(decoding: $0, as: UTF8.self) }
        })

    private static let unixSocketPermissions = Directive(
        "unixsocketperm", .octal(0...0o777), change: .atStart,
        read: { Array(String($0.network.unixSocketPermissions, radix: 8).utf8) },
        write: { (configuration, words, _) throws(ValueError) in
            configuration.network.unixSocketPermissions = Int(try ValueKind.octal(words[0], in: 0...0o777))
        })

    // MARK: client-output-buffer-limit

    private static let clientOutputBufferLimit = Directive(
        "client-output-buffer-limit",
        .words("class, hard limit, soft limit and soft seconds; the class is normal, replica or pubsub"),
        wordCounts: 0...Int.max,
        lines: { configuration in
            classes.map { path, names in
                let limit = configuration[keyPath: path]
                let (hard, soft) = (MemoryAmount.text(limit.hard), MemoryAmount.text(limit.soft))
                return "\(names[0]) \(hard) \(soft) \(limit.softSeconds)"
            }
        },
        read: { configuration in
            let parts = classes.map { path, names in
                let limit = configuration[keyPath: path]
                return "\(names[names.count - 1]) \(limit.hard) \(limit.soft) \(limit.softSeconds)"
            }
            return Array(parts.joined(separator: " ").utf8)
        },
        write: { (configuration, words, _) throws(ValueError) in
            guard words.count.isMultiple(of: 4) else {
                throw ValueError("Wrong number of arguments in buffer limit configuration.")
            }
            var changed = configuration
            for start in stride(from: 0, to: words.count, by: 4) {
                try setOutputLimit(words[start..<start + 4], in: &changed)
            }
            configuration = changed
        })

    /// Each class with its names; the last is the one of CONFIG GET, the first that of CONFIG REWRITE.
    private static let classes: [(path: Directive.Path<OutputBufferLimit>, names: [String])] = [
        (\.clients.normalOutput, ["normal"]), (\.clients.replicaOutput, ["replica", "slave"]),
        (\.clients.pubsubOutput, ["pubsub"]),
    ]

    private static func setOutputLimit(
        _ words: ArraySlice<[UInt8]>, in configuration: inout Configuration
    ) throws(ValueError) {
        let words = Array(words)
        let names = classes.flatMap(\.names)
        guard let index = try? ValueKind.choice(words[0], among: names),
            let path = classes.first(where: { $0.names.contains(names[index]) })?.path
        else { throw ValueError("Invalid client class specified in buffer limit configuration.") }
        guard let hard = try? MemoryAmount.bytes(words[1], in: 0...UInt64.max),
            let soft = try? MemoryAmount.bytes(words[2], in: 0...UInt64.max),
            let seconds = try? ValueKind.integer(words[3], in: .natural)
        else { throw ValueError("Error in hard, soft or soft_seconds setting in buffer limit configuration.") }
        configuration[keyPath: path] = OutputBufferLimit(hard: hard, soft: soft, softSeconds: Int(seconds))
    }
}

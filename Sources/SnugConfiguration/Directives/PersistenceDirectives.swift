/// Files of data. Nothing is written to disk yet.
enum PersistenceDirectives {
    private static let notYet = Directive.Effect.notYet("data is not written to disk yet")

    static let all: [Directive] = [
        save,
        .bool("appendonly", \.persistence.isAppendOnly, effect: notYet),
        .kept("appendfilename", .text, "appendonly.aof", change: .atStart, check: isFileName("appendfilename")),
        .kept("appenddirname", .text, "appendonlydir", change: .atStart, check: isFileName("appenddirname")),
        .kept("appendfsync", .choice(["everysec", "always", "no"]), "everysec"),
        .kept("no-appendfsync-on-rewrite", false),
        .kept("auto-aof-rewrite-percentage", 100, .natural32),
        .kept("auto-aof-rewrite-min-size", .memory(.memory), "67108864"),
        .kept("aof-load-truncated", true),
        .kept("aof-use-rdb-preamble", true),
        .kept("aof-timestamp-enabled", false),
        .kept("aof-disable-auto-gc", false),
        .kept("aof-rewrite-incremental-fsync", true),
        .kept("dbfilename", .text, "dump.rdb", change: .protected, check: isFileName("dbfilename")),
        .kept("rdbcompression", true),
        .kept("rdbchecksum", true, change: .atStart),
        .kept("rdb-save-incremental-fsync", true),
        .kept("rdb-del-sync-files", false),
        .kept("stop-writes-on-bgsave-error", true),
    ]

    private static func isFileName(_ name: String) -> @Sendable ([[UInt8]]) throws(ValueError) -> Void {
        { (words) throws(ValueError) in
            if words[0].contains(UInt8(ascii: "/")) {
                throw ValueError("\(name) can't be a path, just a filename")
            }
        }
    }

    private static let save = Directive(
        "save", .words("seconds and changes, any number of pairs; \"\" for none"), effect: notYet,
        wordCounts: 1...Int.max,
        lines: { configuration in
            let points = configuration.persistence.savePoints.map { "\($0.seconds) \($0.changeCount)" }
            return points.isEmpty ? ["\"\""] : points
        },
        read: { configuration in
            let points = configuration.persistence.savePoints.map { "\($0.seconds) \($0.changeCount)" }
            return Array(points.joined(separator: " ").utf8)
        },
        write: { (configuration, words, mode) throws(ValueError) in
            let isNone = words.isEmpty || words.count == 1 && words[0].isEmpty
            let points = isNone ? [] : try savePoints(words)
            let earlier = mode == .line && !isNone ? configuration.persistence.savePoints : []
            configuration.persistence.savePoints = earlier + points
        })

    private static func savePoints(_ words: [[UInt8]]) throws(ValueError) -> [SavePoint] {
        let failure = ValueError("Invalid save parameters")
        guard words.count.isMultiple(of: 2) else { throw failure }
        var points: [SavePoint] = []
        for start in stride(from: 0, to: words.count, by: 2) {
            guard let seconds = try? ValueKind.integer(words[start], in: .positive32),
                let changes = try? ValueKind.integer(words[start + 1], in: .natural32)
            else { throw failure }
            points.append(SavePoint(seconds: Int(seconds), changeCount: Int(changes)))
        }
        return points
    }
}

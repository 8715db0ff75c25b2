internal import SnugEngine

/// Logs, the slow log and latencies.
enum ObservationDirectives {
    static let all: [Directive] = [
        .choice("loglevel", \.log.level),
        .text("logfile", \.log.path, change: .atStart),
        .kept(
            "syslog-enabled", false, change: .atStart, effect: .notYet("there is no syslog output: use logfile")),
        .kept("syslog-ident", .text, "redis", change: .atStart),
        .kept(
            "syslog-facility",
            .choice(["user", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"]), "local0",
            change: .atStart),
        .integer("slowlog-log-slower-than", \.observation.slowLogMicroseconds, -1...Int64.max),
        .integer("slowlog-max-len", \.observation.slowLogCountMax, .natural),
        .integer("encoding-flip-log-len", \.observation.flipLogCountMax, .natural),
        .integer("encoding-warn-percent", \.limits.warnPercent, 0...100),
        .integer("latency-monitor-threshold", \.observation.latencyMillisecondsMin, .natural),
        .bool("latency-tracking", \.observation.tracksLatency),
        latencyPercentiles,
        .kept("acllog-max-len", 128, .natural),
        .kept("busy-reply-threshold", oldName: "lua-time-limit", 5000, .natural),
        .kept("crash-log-enabled", true),
        .kept("crash-memcheck-enabled", true),
        .bool("hide-user-data-from-log", \.log.hidesUserData),
    ]

    private static let latencyPercentiles = Directive(
        "latency-tracking-info-percentiles", .words("numbers from 0 to 100 separated by blanks"),
        wordCounts: 0...Int.max,
        read: { Array($0.observation.latencyPercentiles.map(text).joined(separator: " ").utf8) },
        write: { (configuration, words, _) throws(ValueError) in
            let given = words.count == 1 && words[0].isEmpty ? [] : words
            var percentiles: [Double] = []
            for word in given {
                guard let value = Double(String(decoding: word, as: UTF8.self)), !value.isNaN else {
                    throw ValueError("Invalid latency-tracking-info-percentiles parameters")
                }
                guard value >= 0 && value <= 100 else {
                    throw ValueError("latency-tracking-info-percentiles parameters should sit between [0.0,100.0]")
                }
                percentiles.append(value)
            }
            configuration.observation.latencyPercentiles = percentiles
        })

    /// At most six significant digits, without a needless fraction.
    private static func text(_ percentile: Double) -> String {
        var digits = percentile
        var scale = 1.0
        while digits > 0 && digits < 100_000 && scale < 1e18 {
            digits *= 10
            scale *= 10
        }
        let rounded = (percentile * scale).rounded() / scale
        let text = "\(rounded)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

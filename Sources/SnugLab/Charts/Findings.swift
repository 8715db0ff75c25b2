/// Sentences made of figures: what a chart's title says is measured, never assumed.
enum Findings {
    /// What counts as level: less than a seventh more or less.
    static let levelBand = 0.87...1.15

    /// "redis takes 7.9 times the memory", "snug stays level".
    static func change(_ server: String, _ ratio: Double, what: String = "the memory") -> String {
        if levelBand.contains(ratio) { return "\(server) stays level" }
        if ratio > 1 { return "\(server) takes \(Figure.factor(ratio)) times \(what)" }
        return "\(server) takes \(Figure.fixed((1 - ratio) * 100, 0))% less"
    }

    /// Clauses to a sentence, with a beginning that all share.
    static func sentence(_ beginning: String, _ clauses: [String], or fallback: String) -> String {
        guard !clauses.isEmpty else { return fallback }
        let text = beginning + clauses.joined(separator: "; ")
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    static func megabytes(_ bytes: Double) -> String { "\(Figure.short(bytes / 1e6)) MB" }

    /// The places just within and just past a limit.
    static func sides(_ places: [Double], of limit: Double) -> (within: Double, past: Double)? {
        guard let within = places.last(where: { $0 <= limit }), let past = places.first(where: { $0 > limit }) else {
            return nil
        }
        return (within, past)
    }
}

/// What charts are drawn from: the samples of one experiment, and the limits of the servers.
struct ChartSource {
    let results: ResultSet
    /// `hash-max-listpack-entries` and `-value` by server, as far as servers tell.
    let entriesLimits: [String: Int]
    let valueLimits: [String: Int]
    let itemCount: Int

    var servers: [String] { results.servers }

    /// The limit that counts for a server; what Redis comes with where it does not tell.
    func entriesLimit(_ server: String) -> Double { Double(entriesLimits[server] ?? 512) }
    func valueLimit(_ server: String) -> Double { Double(valueLimits[server] ?? 64) }

    /// A line for each limit that any server has; with the servers' names where they differ.
    func lines(_ limit: (String) -> Double) -> [LineChart.Limit] {
        var names: [Double: [String]] = [:]
        for server in servers { names[limit(server), default: []].append(server) }
        return names.sorted { $0.key < $1.key }.map { value, owners in
            let text = "limit \(Figure.tick(value))"
            return LineChart.Limit(
                x: value, name: names.count > 1 ? "\(text) (\(owners.joined(separator: ", ")))" : text)
        }
    }

    /// The points of one server's series.
    func points(
        _ server: String, _ series: String, _ metric: Metric, scale: Double = 1, xScale: Double = 1
    ) -> [LineChart.Point] {
        results.places(series: series).compactMap { place in
            results.summary(server, series, place.x, metric).map {
                LineChart.Point(x: place.x * xScale, y: $0.scaled(by: scale))
            }
        }
    }

    func style(_ server: String) -> Int { servers.firstIndex(of: server) ?? 0 }

    /// One line for each server.
    func lines(_ series: String, _ metric: Metric, scale: Double = 1) -> [LineChart.Series] {
        servers.compactMap { server in
            let points = points(server, series, metric, scale: scale)
            return points.isEmpty
                ? nil : LineChart.Series(name: server, style: style(server), points: points)
        }
    }

    /// How much a figure changes for each server from one place to another.
    func ratios(_ series: String, _ metric: Metric, from: Double, to: Double) -> [(server: String, ratio: Double)] {
        servers.compactMap { server in
            guard let before = results.summary(server, series, from, metric)?.middle, before > 0,
                let after = results.summary(server, series, to, metric)?.middle
            else { return nil }
            return (server, after / before)
        }
    }
}

extension ExperimentName {
    /// All charts of the experiment. None when nothing was measured.
    func charts(_ source: ChartSource) -> [Chart] {
        guard !source.results.samples.isEmpty else { return [] }
        return switch self {
        case .proof: Self.proofCharts(source)
        case .buckets: Self.bucketCharts(source)
        case .growth: Self.growthCharts(source)
        case .thresholds: Self.thresholdCharts(source)
        case .values: Self.valueCharts(source)
        case .keys: Self.keyCharts(source)
        }
    }

    /// Memory as the server counts it, and as the system does.
    static let memoryKinds: [(metric: Metric, name: String, title: String)] = [
        (.usedBytes, "used", "used_memory above the empty server"),
        (.residentBytes, "resident", "resident memory above the empty server"),
    ]
}

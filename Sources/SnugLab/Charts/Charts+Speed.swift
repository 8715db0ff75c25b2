/// The charts of the experiments that measure time as well.
extension ExperimentName {
    // MARK: buckets

    static func bucketCharts(_ source: ChartSource) -> [Chart] {
        let limits = source.lines(source.entriesLimit)
        func chart(_ name: String, _ title: String, _ yLabel: String, _ series: [LineChart.Series]) -> Chart? {
            guard !series.isEmpty else { return nil }
            return Chart(
                .buckets, name, title: title,
                LineChart(
                    xLabel: "fields in each hash", yLabel: yLabel, isLogarithmic: true, series: series, limits: limits))
        }
        let memory = memoryKinds.map { kind in
            chart(
                kind.name, cliffTitle(source, kind.metric), "MB of \(kind.title)",
                source.lines(hashes, kind.metric, scale: 1e-6))
        }
        let speed = [
            chart(
                "hset-throughput", priceTitle(source, "HSET", .storesPerSecond, "does", "thousand a second", 1e-3),
                "thousand HSET a second, pipelined", source.lines(hashes, .storesPerSecond, scale: 1e-3)),
            chart(
                "hget-throughput", priceTitle(source, "HGET", .fetchesPerSecond, "does", "thousand a second", 1e-3),
                "thousand HGET a second, pipelined", source.lines(hashes, .fetchesPerSecond, scale: 1e-3)),
            chart(
                "hset-cpu", priceTitle(source, "HSET", .storeNanoseconds, "spends", "µs", 1e-3),
                "µs of the server's processor time for an HSET", source.lines(hashes, .storeNanoseconds, scale: 1e-3)),
            chart(
                "hget-cpu", priceTitle(source, "HGET", .fetchNanoseconds, "spends", "µs", 1e-3),
                "µs of the server's processor time for an HGET", source.lines(hashes, .fetchNanoseconds, scale: 1e-3)),
            chart(
                "hset-latency", priceTitle(source, "an HSET alone", .storeMedian, "answers in", "µs", 1),
                "µs from HSET to reply, one at a time", latencyLines(source, hashes, .storeMedian, .storeTail)),
            chart(
                "hget-latency", priceTitle(source, "an HGET alone", .fetchMedian, "answers in", "µs", 1),
                "µs from HGET to reply, one at a time", latencyLines(source, hashes, .fetchMedian, .fetchTail)),
        ]
        return (memory + speed).compactMap { $0 }
    }

    private static func cliffTitle(_ source: ChartSource, _ metric: Metric) -> String {
        let places = source.results.places(series: hashes).map(\.x)
        let clauses = source.servers.compactMap { server -> String? in
            guard let (within, past) = Findings.sides(places, of: source.entriesLimit(server)),
                let found = source.ratios(hashes, metric, from: within, to: past).first(where: { $0.server == server })
            else { return nil }
            return Findings.change(server, found.ratio)
        }
        let limits = Set(source.servers.map(source.entriesLimit)).sorted().map(Figure.tick)
        let beginning = (metric == .usedBytes ? "past " : "resident, past ") + limits.joined(separator: " or ")
        return Findings.sentence("\(beginning) fields ", clauses, or: "Memory of hashes of 10 to 10,000 fields")
    }

    /// The price of a packed hash: what a small one and one at the limit take.
    private static func priceTitle(
        _ source: ChartSource, _ command: String, _ metric: Metric, _ verb: String, _ unit: String, _ scale: Double
    ) -> String {
        let places = source.results.places(series: hashes).map(\.x)
        guard let smallest = places.first else { return command }
        let clauses = source.servers.compactMap { server -> String? in
            guard let within = places.last(where: { $0 <= source.entriesLimit(server) }), within > smallest,
                let small = source.results.summary(server, hashes, smallest, metric),
                let large = source.results.summary(server, hashes, within, metric)
            else { return nil }
            return
                "\(server) \(verb) \(Figure.short(small.middle * scale)) \(unit) in hashes of \(Figure.tick(smallest))"
                + ", \(Figure.short(large.middle * scale)) of \(Figure.tick(within))"
        }
        return Findings.sentence("\(command): ", clauses, or: "\(command) in hashes of 10 to 10,000 fields")
    }

    private static func latencyLines(
        _ source: ChartSource, _ series: String, _ median: Metric, _ tail: Metric
    ) -> [LineChart.Series] {
        source.servers.flatMap { server in
            [(median, "p50", true), (tail, "p99", false)].compactMap { metric, name, isDashed in
                let points = source.points(server, series, metric)
                guard !points.isEmpty else { return nil }
                return LineChart.Series(
                    name: "\(server) \(name)", style: source.style(server), isDashed: isDashed, points: points)
            }
        }
    }

    // MARK: thresholds

    static func thresholdCharts(_ source: ChartSource) -> [Chart] {
        let fields = [LineChart.Limit(x: 1000, name: "the hashes' 1,000 fields")]
        func chart(
            _ name: String, _ title: String, _ yLabel: String, _ series: [LineChart.Series],
            _ limits: [LineChart.Limit]
        ) -> Chart? {
            guard !series.isEmpty else { return nil }
            return Chart(
                .thresholds, name, title: title,
                LineChart(
                    xLabel: "hash-max-listpack-entries", yLabel: yLabel, isLogarithmic: true, series: series,
                    limits: limits))
        }
        let memory = memoryKinds.map { kind in
            chart(
                kind.name, limitTitle(source, kind.metric), "MB of \(kind.title)",
                source.lines(thousandFields, kind.metric, scale: 1e-6), fields)
        }
        let full = " (hashes filled to the limit)"
        let processor = [
            chart(
                "hset-cpu", thousandTitle(source, "HSET", .storeNanoseconds), "µs of processor time for an HSET",
                source.lines(thousandFields, .storeNanoseconds, scale: 1e-3), fields),
            chart(
                "hget-cpu", thousandTitle(source, "HGET", .fetchNanoseconds), "µs of processor time for an HGET",
                source.lines(thousandFields, .fetchNanoseconds, scale: 1e-3), fields),
            chart(
                "full-hset-cpu", fullTitle(source, "writing into", .storeNanoseconds),
                "µs of processor time for an HSET\(full)",
                source.lines(fullHashes, .storeNanoseconds, scale: 1e-3), []),
            chart(
                "full-hget-cpu", fullTitle(source, "looking into", .fetchNanoseconds),
                "µs of processor time for an HGET\(full)",
                source.lines(fullHashes, .fetchNanoseconds, scale: 1e-3), []),
            chart(
                "full-hget-latency", fullTitle(source, "waiting for", .fetchMedian),
                "µs from HGET to reply\(full)", latencyLines(source, fullHashes, .fetchMedian, .fetchTail), []),
        ]
        return (memory + processor).compactMap { $0 }
    }

    private static func limitTitle(_ source: ChartSource, _ metric: Metric) -> String {
        let found = source.ratios(thousandFields, metric, from: 1000, to: 10000)
        let beginning = metric == .usedBytes ? "a limit" : "resident: a limit"
        if !found.isEmpty, found.allSatisfy({ Findings.levelBand.contains($0.ratio) }) {
            return Findings.sentence("", ["\(beginning) of 10,000 takes no more memory than one of 1,000"], or: "")
        }
        return Findings.sentence(
            "\(beginning) of 10,000 instead of 1,000: ", found.map { Findings.change($0.server, $0.ratio) },
            or: "Memory of hashes of 1,000 fields under different limits")
    }

    private static func thousandTitle(_ source: ChartSource, _ command: String, _ metric: Metric) -> String {
        let clauses = source.ratios(thousandFields, metric, from: 128, to: 10000).map {
            Findings.change($0.server, $0.ratio, what: "the processor time")
        }
        return Findings.sentence(
            "\(command) of 1,000 fields under a limit of 10,000 instead of 128: ", clauses,
            or: "\(command) under different limits")
    }

    private static func fullTitle(_ source: ChartSource, _ doing: String, _ metric: Metric) -> String {
        let clauses = source.ratios(fullHashes, metric, from: 128, to: 10000).map {
            Findings.change($0.server, $0.ratio, what: "as long")
        }
        return Findings.sentence(
            "\(doing) a hash of 10,000 fields instead of 128: ", clauses, or: "Hashes filled to the limit")
    }
}

/// The charts of the experiments that measure memory alone.
extension ExperimentName {
    // MARK: proof

    static func proofCharts(_ source: ChartSource) -> [Chart] {
        memoryKinds.compactMap { kind in
            let groups = source.results.places().map { place in
                BarChart.Group(name: place.label, bars: bars(source, place.label, place.x, kind.metric))
            }.filter { !$0.bars.isEmpty }
            guard !groups.isEmpty else { return nil }
            let clauses = source.servers.compactMap { server -> String? in
                guard
                    let plain = source.results.perItem(server, plainKeys, 0, kind.metric),
                    let packed = source.results.perItem(server, withinTheLimit, 2, kind.metric)
                else { return nil }
                return "\(Figure.short(plain.middle)) bytes on \(server) as a key of its own, "
                    + "\(Figure.short(packed.middle)) in a packed hash"
            }
            let title = Findings.sentence(
                kind.metric == .usedBytes ? "a flag takes " : "resident: a flag takes ", clauses,
                or: "Memory of \(Figure.items(source.itemCount)) flags")
            return Chart(.proof, kind.name, title: title, BarChart(label: "MB of \(kind.title)", groups: groups))
        }
    }

    private static func bars(
        _ source: ChartSource, _ series: String, _ x: Double, _ metric: Metric
    ) -> [BarChart.Bar] {
        source.servers.compactMap { server in
            source.results.summary(server, series, x, metric).map {
                BarChart.Bar(
                    name: server, style: source.style(server), value: $0.scaled(by: 1e-6),
                    text: Findings.megabytes($0.middle))
            }
        }
    }

    // MARK: growth

    static func growthCharts(_ source: ChartSource) -> [Chart] {
        memoryKinds.flatMap { kind in
            let highest = source.results.samples.compactMap { $0.value(kind.metric) }.max().map { $0 / 1e6 }
            return source.servers.compactMap { server -> Chart? in
                let lines = source.results.series.enumerated().compactMap { index, series -> LineChart.Series? in
                    let points = source.points(server, series, kind.metric, scale: 1e-6, xScale: 1e-3)
                    return points.isEmpty ? nil : LineChart.Series(name: series, style: index, points: points)
                }
                guard !lines.isEmpty else { return nil }
                let clauses = lines.compactMap { line -> String? in
                    guard let first = line.points.first, let last = line.points.last, last.x > first.x else {
                        return nil
                    }
                    let slope = (last.y.middle - first.y.middle) * 1e6 / ((last.x - first.x) * 1e3)
                    return "\(Figure.short(max(slope, 0))) bytes with \(line.name)"
                }
                let beginning = kind.metric == .usedBytes ? "one more item" : "resident, one more item"
                return Chart(
                    .growth, "\(kind.name)-\(server)",
                    title: Findings.sentence("On \(server) \(beginning) takes ", clauses, or: "Growth on \(server)"),
                    LineChart(
                        xLabel: "thousand items", yLabel: "MB of \(kind.title)", series: lines, highest: highest))
            }
        }
    }

    // MARK: values

    static func valueCharts(_ source: ChartSource) -> [Chart] {
        memoryKinds.flatMap { kind in
            let scale = 1 / Double(source.itemCount)
            let highest = source.results.samples.compactMap { $0.value(kind.metric) }.max().map { $0 * scale }
            return source.servers.compactMap { server -> Chart? in
                let lines = [(hashes, 0, "hash of 100"), (plain, 1, "plain keys")].compactMap {
                    series, style, name -> LineChart.Series? in
                    let points = source.points(server, series, kind.metric, scale: scale)
                    return points.isEmpty ? nil : LineChart.Series(name: name, style: style, points: points)
                }
                guard !lines.isEmpty else { return nil }
                return Chart(
                    .values, "\(kind.name)-\(server)", title: valueTitle(source, server, kind.metric),
                    LineChart(
                        xLabel: "bytes of each value", yLabel: "bytes of \(kind.title), for each item", series: lines,
                        limits: [
                            LineChart.Limit(
                                x: source.valueLimit(server), name: "limit \(Figure.tick(source.valueLimit(server)))")
                        ], highest: highest))
            }
        }
    }

    private static func valueTitle(_ source: ChartSource, _ server: String, _ metric: Metric) -> String {
        let limit = source.valueLimit(server)
        let places = source.results.places(series: hashes).map(\.x)
        let subject = metric == .usedBytes ? "a hash" : "a resident hash"
        guard let (within, past) = Findings.sides(places, of: limit),
            let ratio = source.ratios(hashes, metric, from: within, to: past).first(where: { $0.server == server })
        else { return "What a value of 1 to 200 bytes takes on \(server)" }
        if Findings.levelBand.contains(ratio.ratio) {
            return "On \(server) \(subject) stays level across values of \(Figure.tick(limit)) bytes"
        }
        return "On \(server) a value of \(Figure.tick(past)) bytes instead of \(Figure.tick(within)) makes \(subject) "
            + "\(Figure.factor(ratio.ratio)) times as large"
    }

    // MARK: keys

    static func keyCharts(_ source: ChartSource) -> [Chart] {
        memoryKinds.flatMap { kind in
            let scale = 1 / Double(source.itemCount)
            let highest = source.results.samples.compactMap { $0.value(kind.metric) }.max().map { $0 * scale }
            return source.servers.compactMap { server -> Chart? in
                let groups = source.results.places().map { place in
                    BarChart.Group(name: place.label, bars: keyBars(source, server, place.x, kind.metric))
                }.filter { !$0.bars.isEmpty }
                guard !groups.isEmpty else { return nil }
                let clauses = source.results.places().compactMap { place -> String? in
                    guard let whole = source.results.summary(server, plain, place.x, kind.metric)?.middle, whole > 0,
                        let divided = source.results.summary(server, byHand, place.x, kind.metric)?.middle,
                        [Names.number.title, Names.uuid.title, Names.text.title].contains(place.label)
                    else { return nil }
                    return "\(Figure.fixed((1 - divided / whole) * 100, 0))% of \(place.label)"
                }
                let beginning = kind.metric == .usedBytes ? "dividing by hand saves " : "resident, dividing saves "
                return Chart(
                    .keys, "\(kind.name)-\(server)",
                    title: Findings.sentence("On \(server) \(beginning)", clauses, or: "Kinds of keys on \(server)"),
                    BarChart(label: "bytes of \(kind.title), for each item", groups: groups, highest: highest))
            }
        }
    }

    private static func keyBars(
        _ source: ChartSource, _ server: String, _ x: Double, _ metric: Metric
    ) -> [BarChart.Bar] {
        [(plain, 0), (byHand, 1)].compactMap { series, style in
            source.results.perItem(server, series, x, metric).map {
                BarChart.Bar(name: series, style: style, value: $0, text: Figure.short($0.middle))
            }
        }
    }
}

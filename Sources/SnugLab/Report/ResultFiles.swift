/// Writes what a run has found into a directory. Each file is replaced as a whole, so that what an earlier experiment
/// has left stays readable when the disk fills up.
struct ResultFiles {
    let directory: String

    /// Makes the directory and makes sure, before anything is measured, that files can be written there.
    init(directory: String) throws(LabError) {
        self.directory = directory
        do throws(Files.WriteError) {
            try Files.makeDirectory(directory)
            try Files.write("", to: directory + "/results.csv")
        } catch {
            throw LabError("cannot write to '\(directory)': \(error.reason)")
        }
    }

    /// The figures first: they cannot be made anew, while charts can.
    func write(_ record: RunRecord, _ results: ResultSet) throws(LabError) {
        let charts = record.experiments.flatMap { $0.charts(record.chartSource($0, results)) }
        try write(ResultText.csv(results), "results.csv")
        try write(ResultText.json(record, results, charts), "results.json")
        try write(Report.html(record, results, charts), "report.html")
        for chart in charts { try write(chart.svg(standsAlone: true), chart.name + ".svg") }
    }

    private func write(_ text: String, _ name: String) throws(LabError) {
        do throws(Files.WriteError) {
            try Files.write(text, to: "\(directory)/\(name)")
        } catch {
            throw LabError("cannot write '\(directory)/\(name)': \(error.reason)")
        }
    }
}

/// The samples as text for programs.
enum ResultText {
    static func csv(_ results: ResultSet) -> String {
        var lines = ["experiment,server,series,x,label,repeat,items,encoding,metric,value"]
        for sample in results.samples {
            for metric in Metric.allCases {
                guard let value = sample.value(metric) else { continue }
                let cells = [
                    sample.experiment.rawValue, sample.server, sample.series, Figure.plain(sample.x), sample.label,
                    "\(sample.repetition)", "\(sample.itemCount)", sample.encoding, metric.rawValue,
                    Figure.plain(value),
                ]
                lines.append(cells.map(cell).joined(separator: ","))
            }
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    private static func cell(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    static func json(_ record: RunRecord, _ results: ResultSet, _ charts: [Chart]) -> String {
        JSON.object([
            ("format", .integer(1)),
            ("program", .text("snug \(record.version)")),
            ("outcome", .text(record.outcome)),
            ("started", .text(record.started)),
            ("seconds", .number(record.seconds)),
            ("machine", machine(record.machine)),
            (
                "settings",
                .object([
                    ("experiments", .array(record.experiments.map { .text($0.rawValue) })),
                    ("items", .integer(record.itemCount)), ("repeat", .integer(record.repeatCount)),
                    ("seed", .text("\(record.seed)")),
                ])
            ),
            ("servers", .array(record.servers.map(server))),
            ("left_out", .array(record.omissions.map(omission))),
            (
                "charts",
                .array(charts.map { .object([("file", .text($0.name + ".svg")), ("title", .text($0.title))]) })
            ),
            ("samples", .array(results.samples.map(sample))),
        ]).written() + "\n"
    }

    private static func machine(_ machine: Machine) -> JSON {
        .object([
            ("processor", .text(machine.processor)), ("cores", .integer(machine.coreCount)),
            ("memory_bytes", .integer(machine.memoryBytes)), ("system", .text(machine.system)),
        ])
    }

    private static func server(_ server: RunRecord.Server) -> JSON {
        let facts = server.facts
        return .object([
            ("name", .text(server.name)), ("address", .text(server.place)), ("version", .text(facts.product)),
            ("hash_max_listpack_entries", facts.entriesLimit.map { .integer($0) } ?? .null),
            ("hash_max_listpack_value", facts.valueLimit.map { .integer($0) } ?? .null),
            ("accepts_config", .flag(facts.acceptsConfiguration)),
        ])
    }

    private static func omission(_ omission: RunRecord.Omission) -> JSON {
        .object([
            ("server", .text(omission.server)), ("experiment", .text(omission.experiment.rawValue)),
            ("reason", .text(omission.reason)), ("advice", .text(omission.advice)),
        ])
    }

    private static func sample(_ sample: Sample) -> JSON {
        .object(
            [
                ("experiment", .text(sample.experiment.rawValue)), ("server", .text(sample.server)),
                ("series", .text(sample.series)), ("x", .number(sample.x)), ("label", .text(sample.label)),
                ("repeat", .integer(sample.repetition)), ("items", .integer(sample.itemCount)),
                ("encoding", .text(sample.encoding)),
            ]
                + Metric.allCases.compactMap { metric in
                    sample.value(metric).map { (metric.rawValue, JSON.number($0)) }
                })
    }
}

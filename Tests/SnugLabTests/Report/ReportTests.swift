import Testing

@testable import SnugLab

@Suite struct ReportTests {
    private func record(outcome: String = "complete") -> RunRecord {
        var record = RunRecord(
            version: "0.1", machine: Machine(processor: "P", coreCount: 2, memoryBytes: 1 << 30, system: "S"),
            started: "2026-01-01 00:00 UTC", experiments: ExperimentName.allCases, itemCount: SyntheticResults.items,
            repeatCount: 2, seed: 1)
        record.outcome = outcome
        return record
    }

    @Test func theReportStandsAlone() {
        let results = SyntheticResults.results()
        let record = record()
        let charts = record.experiments.flatMap { $0.charts(record.chartSource($0, results)) }
        let html = Report.html(record, results, charts)
        #expect(html.matches(of: #/<svg[ ]/#).count == charts.count)
        #expect(!html.contains("src=") && !html.contains("@import") && !html.contains("<script"))
        #expect(html.matches(of: /https?:\/\//).count == charts.count, "nothing but the namespace of the pictures")
        #expect(!html.contains("not complete"))
    }

    @Test func whatIsMissingIsSaid() {
        var record = record(outcome: "server <x> closed the connection")
        record.omissions.append(
            RunRecord.Omission(server: "m", experiment: .thresholds, reason: "it refuses CONFIG", advice: "Set it."))
        let html = Report.html(record, ResultSet(servers: ["m"]), [])
        #expect(html.contains("not complete: server &lt;x&gt; closed"))
        #expect(html.contains("m is left out of what needs CONFIG here, because it refuses CONFIG. Set it."))
    }

    @Test func everySampleIsInTheFiles() {
        let results = SyntheticResults.results(of: [.proof])
        let lines = ResultText.csv(results).split(separator: "\r\n")
        #expect(lines.count == 1 + results.samples.count * 2)
        #expect(lines[0].split(separator: ",").count == 10)
        #expect(lines.contains { $0.contains("\"hashes of 1,000, past the limit\"") })
        let json = ResultText.json(record(), results, [])
        #expect(json.matches(of: /"experiment": "proof"/).count == results.samples.count)
    }

    @Test func tablesLineUp() {
        let results = SyntheticResults.results(of: [.proof])
        let table = ExperimentName.proof.table(results, itemCount: SyntheticResults.items)
        let lines = table?.text().split(separator: "\n") ?? []
        #expect(lines.count == 3 + 6)
        #expect(lines[1].hasPrefix("layout") && lines[1].hasSuffix("saving"))
        #expect(lines.dropFirst(3).allSatisfy { $0.contains("listpack") && $0.contains("█") })
        #expect(Table.bar(0.5, 4) == "██" && Table.bar(2, 4) == "████" && Table.bar(0.03, 4) == "▏")
    }
}

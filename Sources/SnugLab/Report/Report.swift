/// `report.html`: one file that needs no other.
enum Report {
    static func html(_ record: RunRecord, _ results: ResultSet, _ charts: [Chart]) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="data:,">
        <title>What a key costs: \(SVG.escaped(names(record)))</title>
        <style>\(pageStyle)
        \(SVG.style)</style>
        </head>
        <body>
        <header>
        <h1>What a key costs</h1>
        <p>\(SVG.escaped(subtitle(record)))</p>
        \(outcome(record))</header>
        <main>
        \(introduction(record))
        \(record.experiments.map { section($0, record, results, charts) }.joined())
        \(circumstances(record))
        </main>
        </body>
        </html>

        """
    }

    private static func names(_ record: RunRecord) -> String {
        record.servers.map { "\($0.name) (\($0.facts.product))" }.joined(separator: ", ")
    }

    private static func subtitle(_ record: RunRecord) -> String {
        "\(Figure.grouped(record.itemCount)) items on \(names(record)), measured on \(record.started)."
    }

    /// Only an end before the end needs words.
    private static func outcome(_ record: RunRecord) -> String {
        record.outcome == "complete"
            ? "" : "<p class=\"warning\">This run is not complete: \(SVG.escaped(record.outcome)).</p>\n"
    }

    private static func section(
        _ experiment: ExperimentName, _ record: RunRecord, _ results: ResultSet, _ charts: [Chart]
    ) -> String {
        let own = charts.filter { $0.experiment == experiment }
        var html = "<section id=\"\(experiment.rawValue)\">\n<h2>\(SVG.escaped(experiment.question))</h2>\n"
        html += "<p>\(SVG.escaped(experiment.explanation))</p>\n"
        for omission in record.omissions where omission.experiment == experiment {
            html += "<p class=\"warning\">\(SVG.escaped(sentence(omission)))</p>\n"
        }
        if own.isEmpty { html += "<p>Nothing was measured.</p>\n" }
        html += "<div class=\"charts\">\n"
        for chart in own {
            html += "<figure id=\"\(SVG.escaped(chart.name))\">\n\(chart.svg(standsAlone: false))</figure>\n"
        }
        html += "</div>\n"
        if let table = experiment.table(results, itemCount: record.itemCount) {
            html += "<details><summary>All figures</summary>\n\(table.html)</details>\n"
        }
        return html + "</section>\n"
    }

    static func sentence(_ omission: RunRecord.Omission) -> String {
        "\(omission.server) is left out of what needs CONFIG here, because \(omission.reason). \(omission.advice)"
    }

    private static func circumstances(_ record: RunRecord) -> String {
        let rows = record.servers.map { server -> String in
            let facts = server.facts
            let cells = [
                server.name, facts.product, server.place, facts.entriesLimit.map { "\($0)" } ?? "not told",
                facts.valueLimit.map { "\($0)" } ?? "not told", facts.savesSnapshots ? "yes" : "no",
            ]
            return "<tr>" + cells.map { "<td>\(SVG.escaped($0))</td>" }.joined() + "</tr>\n"
        }
        return """
            <section id="circumstances">
            <h2>How this was measured</h2>
            <div class="scroll"><table><thead><tr><th>name</th><th>server</th><th>where</th>\
            <th>limit of fields</th><th>limit of bytes</th><th>saves snapshots</th></tr></thead><tbody>
            \(rows.joined())</tbody></table></div>
            <p>\(SVG.escaped(record.machine.sentence)). snug \(record.version), \(record.repeatCount) \
            \(record.repeatCount == 1 ? "repeat" : "repeats"), seed \(record.seed), \
            \(Figure.fixed(record.seconds, 0)) seconds. All servers were given the same data, one command for each \
            item, pipelined, taking turns in alternating order. Servers that the laboratory started were started anew \
            for each measurement. Throughput and processor time are over all items when writing and over random items \
            when reading; latency is that of single commands.</p>
            <p>Every figure is in <code>results.json</code> and <code>results.csv</code> beside this file, each chart \
            in a file of its own.</p>
            </section>
            """
    }
}

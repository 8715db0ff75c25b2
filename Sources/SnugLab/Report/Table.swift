/// Rows of text: drawn on a terminal, in a report, in a document.
struct Table {
    struct Row {
        var cells: [String]
        /// How long the row's bar is, from 0 to 1; nil for none.
        var share: Double?
    }

    let title: String
    /// The first is on the left, figures are on the right.
    let columns: [String]
    var rows: [Row] = []

    /// For a terminal, with a bar behind each row as far as there is room for one.
    func text(columnMax: Int = 200) -> String {
        let barWidth = 24
        let widths = columns.indices.map { column in
            ([columns[column]] + rows.map { $0.cells[column] }).map(\.count).max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            cells.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return Self.isText(column) ? cell + space : space + cell
            }.joined(separator: "  ")
        }
        var lines = [
            title, "", line(columns), widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "),
        ]
        let room = min(barWidth, columnMax - widths.reduce(0, +) - 2 * widths.count)
        for row in rows {
            lines.append(line(row.cells) + (row.share.map { room > 3 ? "  " + Self.bar($0, room) : "" } ?? ""))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The first two columns hold words, the others figures.
    static func isText(_ column: Int) -> Bool { column < 2 }

    /// Eighths of a character, so that small differences show.
    static func bar(_ share: Double, _ width: Int) -> String {
        let eighths = Int((min(max(share, 0), 1) * Double(width * 8)).rounded())
        let parts = Array(" ▏▎▍▌▋▊▉")
        return String(repeating: "█", count: eighths / 8) + (eighths % 8 > 0 ? String(parts[eighths % 8]) : "")
    }

    var html: String {
        func row(_ tag: String, _ cells: [String]) -> String {
            "<tr>"
                + cells.enumerated().map { column, cell in
                    "<\(tag)\(Self.isText(column) ? "" : " class=\"r\"")>\(SVG.escaped(cell))</\(tag)>"
                }.joined() + "</tr>\n"
        }
        return "<div class=\"scroll\"><table><thead>\(row("th", columns))</thead><tbody>\n"
            + rows.map { row("td", $0.cells) }.joined() + "</tbody></table></div>\n"
    }
}

extension ExperimentName {
    /// All that was measured, a row for each place and server.
    func table(_ results: ResultSet, itemCount: Int) -> Table? {
        let own = results.of(self)
        guard !own.samples.isEmpty else { return nil }
        let hasSpeed = own.samples.contains { $0.value(.fetchesPerSecond) != nil }
        var columns = [self == .proof ? "layout" : "place", "server", "encoding", "used", "resident", "bytes/item"]
        columns += self == .proof ? ["saving"] : []
        columns += hasSpeed ? ["write/s", "read/s", "write CPU", "read CPU", "read p50", "read p99"] : []
        var table = Table(title: question, columns: columns)
        let highest = own.samples.compactMap { $0.value(.usedBytes) }.max() ?? 1
        for series in own.series {
            for place in own.places(series: series) {
                for server in own.servers {
                    guard let used = own.summary(server, series, place.x, .usedBytes)?.middle else { continue }
                    var cells = [rowName(series, place.label), server, own.encoding(server, series, place.x)]
                    cells += Self.memoryCells(own, server, series, place.x)
                    if self == .proof { cells.append(Self.saving(own, server, used)) }
                    if hasSpeed { cells += Self.speedCells(own, server, series, place.x) }
                    table.rows.append(Table.Row(cells: cells, share: used / highest))
                }
            }
        }
        return table
    }

    private func rowName(_ series: String, _ label: String) -> String {
        switch self {
        case .proof: series
        case .buckets: label
        default: "\(series), \(label)"
        }
    }

    private static func memoryCells(_ results: ResultSet, _ server: String, _ series: String, _ x: Double) -> [String] {
        let used = results.summary(server, series, x, .usedBytes).map { Findings.megabytes($0.middle) }
        let resident = results.summary(server, series, x, .residentBytes).map { Findings.megabytes($0.middle) }
        let each = results.perItem(server, series, x, .usedBytes).map { Figure.short($0.middle) }
        return [used ?? "–", resident ?? "–", each ?? "–"]
    }

    /// Against the same server's plain keys.
    private static func saving(_ results: ResultSet, _ server: String, _ used: Double) -> String {
        guard let plain = results.summary(server, plainKeys, 0, .usedBytes)?.middle, plain > 0, used != plain else {
            return "–"
        }
        return Figure.fixed((1 - used / plain) * 100, 1) + "%"
    }

    private static func speedCells(_ results: ResultSet, _ server: String, _ series: String, _ x: Double) -> [String] {
        func cell(_ metric: Metric, _ text: (Double) -> String) -> String {
            results.summary(server, series, x, metric).map { text($0.middle) } ?? "–"
        }
        return [
            cell(.storesPerSecond) { Figure.grouped(Int($0)) }, cell(.fetchesPerSecond) { Figure.grouped(Int($0)) },
            cell(.storeNanoseconds) { Figure.short($0 / 1000) + " µs" },
            cell(.fetchNanoseconds) { Figure.short($0 / 1000) + " µs" },
            cell(.fetchMedian) { Figure.short($0) + " µs" }, cell(.fetchTail) { Figure.short($0) + " µs" },
        ]
    }
}

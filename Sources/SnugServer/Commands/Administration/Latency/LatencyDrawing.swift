/// What LATENCY GRAPH draws: a column per sample, four rows high, and under each how long ago it was.
enum LatencyDrawing {
    private static let rowCount = 4
    /// Heights within a row, from low to high.
    private static let marks: [Character] = ["_", "o", "#"]

    /// `now` in seconds since 1970. The event has samples.
    static func text(of event: LatencyMonitor.Event, now: Int64) -> String {
        let delays = event.samples.map(\.milliseconds)
        let low = delays.min() ?? 0
        let high = delays.max() ?? 0
        var lines = [
            "\(event.name) - high \(high) ms, low \(low) ms (all time high \(event.millisecondsMax) ms)",
            String(repeating: "-", count: 80),
        ]
        let heights = delays.map { height(of: $0, low: low, high: high) }
        for row in (0..<rowCount).reversed() { lines.append(String(heights.map { mark(of: $0, inRow: row) })) }
        lines.append("")
        let ages = event.samples.map { Array(age(max(now - $0.unixSeconds, 0))) }
        for row in 0..<(ages.map(\.count).max() ?? 0) {
            lines.append(String(ages.map { row < $0.count ? $0[row] : " " }))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Steps above the ground: 0 for the lowest, `rowCount` times three less one for the highest.
    private static func height(of delay: Int64, low: Int64, high: Int64) -> Int {
        guard high > low else { return 0 }
        let steps = Double(rowCount * marks.count - 1)
        return Int((Double(delay - low) / Double(high - low) * steps).rounded())
    }

    private static func mark(of height: Int, inRow row: Int) -> Character {
        let top = height / marks.count
        if row > top { return " " }
        return row == top ? marks[height % marks.count] : "|"
    }

    /// "5s", "12m", "3h", "2d".
    private static func age(_ seconds: Int64) -> String {
        if seconds < 60 { return "\(seconds)s" }
        if seconds < 3600 { return "\(seconds / 60)m" }
        return seconds < 86400 ? "\(seconds / 3600)h" : "\(seconds / 86400)d"
    }
}

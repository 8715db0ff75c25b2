/// Lines over a horizontal axis of numbers.
///
///     vertical axis's label
///            limit 512              ← a band of its own, so that no line runs through the words
///     80 ┤      ┊      ●──●  redis  ← each line's name at its end, in its colour
///     40 ┤      ┊
///      0 ┼──●───┊──●───────  snug
///        10    100    1,000
///         horizontal axis's label
struct LineChart {
    struct Point: Equatable {
        let x: Double
        let y: Summary
    }

    struct Series {
        let name: String
        /// Of the server: decides colour and mark.
        let style: Int
        /// A second line of the same server.
        var isDashed = false
        let points: [Point]
    }

    struct Limit: Equatable {
        let x: Double
        let name: String
    }

    let xLabel: String
    let yLabel: String
    var isLogarithmic = false
    let series: [Series]
    var limits: [Limit] = []
    /// Charts that are to be compared share it.
    var highest: Double?

    static let plotHeight = 210.0
    private static let fontSize = 12.0
    private static let rowHeight = 15.0

    private struct Frame {
        let left: Double
        let right: Double
        let top: Double
        let bottom: Double
        let x: Scale
        let y: Scale
    }

    /// Returns where the picture ends.
    func draw(into svg: inout SVG, top: Double) -> Double {
        // Each limit has a row: two that lie close would run into each other.
        let rows = svg.paragraph(top, yLabel, "k", lineHeight: Self.rowHeight) + limits.count
        let frame = makeFrame(top: top + Double(rows) * Self.rowHeight + 12)
        drawAxes(frame, &svg)
        drawLimits(frame, &svg)
        for line in series { draw(line, frame, &svg) }
        drawNames(frame, &svg)
        let end = frame.bottom + 2 * Self.rowHeight + 8
        svg.text((frame.left + frame.right) / 2, end - 3, xLabel, "k", .middle)
        return end
    }

    private func makeFrame(top: Double) -> Frame {
        let points = series.flatMap(\.points)
        let high = Scale.roundedUp(highest ?? points.map(\.y.high).max() ?? 1)
        let bottom = top + Self.plotHeight
        let y = Scale(kind: .linear, low: 0, high: high, from: bottom, to: top)
        let tickWidth = y.ticks(about: 5).map { SVG.width(Figure.tick($0), fontSize: Self.fontSize) }.max() ?? 20
        let nameWidth = series.map { SVG.width($0.name, fontSize: Self.fontSize, isBold: true) }.max() ?? 0
        let left = Chart.margin + tickWidth + 6
        let right = Chart.width - Chart.margin - min(nameWidth, 150) - 8
        var low = points.map(\.x).min() ?? 0
        let highX = points.map(\.x).max() ?? 1
        if !isLogarithmic { low = 0 }
        let x = Scale(kind: isLogarithmic ? .logarithmic : .linear, low: low, high: highX, from: left, to: right)
        return Frame(left: left, right: right, top: top, bottom: bottom, x: x, y: y)
    }

    private func drawAxes(_ frame: Frame, _ svg: inout SVG) {
        for tick in frame.y.ticks(about: 5) {
            let place = frame.y.place(tick)
            svg.line(frame.left, place, frame.right, place, tick == 0 ? "a" : "g")
            svg.text(frame.left - 6, place + 4, Figure.tick(tick), "k", .end)
        }
        let widest = SVG.width(Figure.tick(frame.x.high), fontSize: Self.fontSize) + 14
        let count = max(Int((frame.right - frame.left) / widest), 1)
        var lastEnd = -Double.infinity
        for tick in frame.x.ticks(about: count) {
            let place = frame.x.place(tick)
            svg.line(place, frame.bottom, place, frame.bottom + 4, "a")
            let half = SVG.width(Figure.tick(tick), fontSize: Self.fontSize) / 2
            guard place - half > lastEnd + 4 else { continue }
            svg.text(place, frame.bottom + 17, Figure.tick(tick), "k", .middle)
            lastEnd = place + half
        }
    }

    // MARK: Limits

    private func drawLimits(_ frame: Frame, _ svg: inout SVG) {
        for (row, limit) in limits.enumerated() {
            let place = frame.x.place(limit.x)
            let baseline = frame.top - 10 - Double(limits.count - 1 - row) * Self.rowHeight
            svg.line(place, baseline + 3, place, frame.bottom, "x")
            let half = SVG.width(limit.name, fontSize: Self.fontSize) / 2
            let middle = min(max(place, Chart.margin + half), Chart.width - Chart.margin - half)
            svg.text(middle, baseline, limit.name, "b", .middle)
        }
    }

    // MARK: Lines

    private func draw(_ line: Series, _ frame: Frame, _ svg: inout SVG) {
        let style = line.style % 6
        svg.path(
            line.points.map { (frame.x.place($0.x), frame.y.place($0.y.middle)) },
            "l s\(style)" + (line.isDashed ? " d" : ""))
        for point in line.points {
            let x = frame.x.place(point.x)
            let (low, high) = (frame.y.place(point.y.low), frame.y.place(point.y.high))
            if low - high > 0.5 {
                svg.line(x, low, x, high, "w s\(style)")
                svg.line(x - 2.5, low, x + 2.5, low, "w s\(style)")
                svg.line(x - 2.5, high, x + 2.5, high, "w s\(style)")
            }
            svg.mark(x, frame.y.place(point.y.middle), shape: line.style, "f\(style)")
        }
    }

    private func drawNames(_ frame: Frame, _ svg: inout SVG) {
        let wanted = series.map { line in
            line.points.last.map { frame.y.place($0.y.middle) } ?? frame.bottom
        }
        let places = Self.spread(wanted, from: frame.top + 4, to: frame.bottom, distance: Self.rowHeight)
        for (line, place) in zip(series, places) {
            svg.text(frame.right + 8, place + 4, line.name, "n f\(line.style % 6)")
        }
    }

    /// Places as near to the wanted ones as `distance` allows, inside the ends as long as there is room.
    static func spread(_ wanted: [Double], from low: Double, to high: Double, distance: Double) -> [Double] {
        let order = wanted.indices.sorted { wanted[$0] < wanted[$1] }
        var places = wanted
        var next = low
        for index in order {
            places[index] = max(min(max(wanted[index], low), high), next)
            next = places[index] + distance
        }
        var limit = high
        for index in order.reversed() {
            places[index] = min(places[index], limit)
            limit = places[index] - distance
        }
        return places
    }
}

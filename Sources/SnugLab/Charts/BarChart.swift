/// Horizontal bars in groups: a row of text for each group, below it a bar for each server, with the figure at its end.
struct BarChart {
    struct Bar {
        /// At the bar's left, such as the server's name.
        let name: String
        let style: Int
        let value: Summary
        /// The figure with its unit.
        let text: String
    }

    struct Group {
        let name: String
        let bars: [Bar]
    }

    /// What the length of a bar means, with its unit.
    let label: String
    let groups: [Group]
    /// Charts that are to be compared share it.
    var highest: Double?

    private static let fontSize = 12.0
    private static let barHeight = 15.0
    private static let rowHeight = 19.0

    /// Returns where the picture ends.
    func draw(into svg: inout SVG, top: Double) -> Double {
        let rows = svg.paragraph(top, label, "k", lineHeight: Self.rowHeight)
        let bars = groups.flatMap(\.bars)
        let nameWidth = bars.map { SVG.width($0.name, fontSize: Self.fontSize, isBold: true) }.max() ?? 0
        let textWidth = bars.map { SVG.width($0.text, fontSize: Self.fontSize) }.max() ?? 0
        let left = Chart.margin + nameWidth + 6
        let right = Chart.width - Chart.margin - textWidth - 8
        let scale = Scale(
            kind: .linear, low: 0, high: highest ?? bars.map(\.value.high).max() ?? 1, from: left, to: right)
        var y = top + Double(rows + 1) * Self.rowHeight
        for group in groups {
            svg.text(Chart.margin, y, group.name, "b")
            y += 6
            for bar in group.bars {
                draw(bar, scale, y, &svg)
                y += Self.rowHeight
            }
            y += Self.rowHeight + 2
        }
        return y - Self.rowHeight - 2
    }

    private func draw(_ bar: Bar, _ scale: Scale, _ y: Double, _ svg: inout SVG) {
        let style = bar.style % 6
        let end = scale.place(bar.value.middle)
        svg.text(scale.from - 6, y + 12, bar.name, "n f\(style)", .end)
        svg.bar(scale.from, y, end - scale.from, Self.barHeight, "f\(style)")
        let (low, high) = (scale.place(bar.value.low), scale.place(bar.value.high))
        if high - low > 0.5 { svg.line(low, y + Self.barHeight / 2, high, y + Self.barHeight / 2, "w a") }
        svg.text(max(end, high) + 6, y + 12, bar.text, "b")
    }
}

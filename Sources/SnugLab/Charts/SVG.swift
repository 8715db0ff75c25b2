internal import Glibc

/// Text of an SVG picture, put together element by element.
struct SVG {
    private(set) var body = ""

    enum Anchor: String { case start, middle, end }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
        body +=
            "<line x1=\"\(Self.place(x1))\" y1=\"\(Self.place(y1))\" x2=\"\(Self.place(x2))\" "
            + "y2=\"\(Self.place(y2))\" class=\"\(style)\"/>\n"
    }

    mutating func path(_ points: [(Double, Double)], _ style: String) {
        guard let first = points.first else { return }
        var data = "M\(Self.place(first.0)) \(Self.place(first.1))"
        for point in points.dropFirst() { data += "L\(Self.place(point.0)) \(Self.place(point.1))" }
        body += "<path d=\"\(data)\" class=\"\(style)\"/>\n"
    }

    mutating func bar(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String) {
        body +=
            "<rect x=\"\(Self.place(x))\" y=\"\(Self.place(y))\" width=\"\(Self.place(max(width, 1)))\" "
            + "height=\"\(Self.place(height))\" class=\"\(style)\"/>\n"
    }

    mutating func text(_ x: Double, _ y: Double, _ text: String, _ style: String, _ anchor: Anchor = .start) {
        let anchorText = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        body +=
            "<text x=\"\(Self.place(x))\" y=\"\(Self.place(y))\" class=\"\(style)\"\(anchorText)>"
            + "\(Self.escaped(text))</text>\n"
    }

    /// Text in lines that fit the picture; returns how many.
    mutating func paragraph(_ top: Double, _ text: String, _ style: String, lineHeight: Double) -> Int {
        let lines = Self.wrapped(text, width: Chart.width - 2 * Chart.margin, fontSize: 12)
        for (number, line) in lines.enumerated() {
            self.text(Chart.margin, top + 12 + Double(number) * lineHeight, line, style)
        }
        return lines.count
    }

    /// Each server has a shape of its own beside its colour.
    mutating func mark(_ x: Double, _ y: Double, shape: Int, _ style: String) {
        let (x0, y0) = (Self.place(x), Self.place(y))
        let r = 2.6
        switch shape % 4 {
        case 0: body += "<circle cx=\"\(x0)\" cy=\"\(y0)\" r=\"\(r)\" class=\"\(style)\"/>\n"
        case 1:
            body +=
                "<rect x=\"\(Self.place(x - r))\" y=\"\(Self.place(y - r))\" width=\"\(2 * r)\" "
                + "height=\"\(2 * r)\" class=\"\(style)\"/>\n"
        case 2: polygon([(x, y - 3.4), (x + 3.2, y + 2.4), (x - 3.2, y + 2.4)], style)
        default: polygon([(x, y - 3.6), (x + 3.6, y), (x, y + 3.6), (x - 3.6, y)], style)
        }
    }

    private mutating func polygon(_ points: [(Double, Double)], _ style: String) {
        let data = points.map { "\(Self.place($0.0)),\(Self.place($0.1))" }.joined(separator: " ")
        body += "<polygon points=\"\(data)\" class=\"\(style)\"/>\n"
    }

    /// The whole picture. Alone it brings its style with it; in a report the page has it once.
    func document(width: Double, height: Double, title: String, standsAlone: Bool) -> String {
        let size = "viewBox=\"0 0 \(Self.place(width)) \(Self.place(height))\""
        let alone = standsAlone ? " width=\"\(Self.place(width))\" height=\"\(Self.place(height))\"" : ""
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" \(size)\(alone) role=\"img\">\n"
            + "<title>\(Self.escaped(title))</title>\n"
            + (standsAlone
                ? "<style>\(Self.style)</style>\n<rect width=\"100%\" height=\"100%\" class=\"paper\"/>\n" : "")
            + body + "</svg>\n"
    }

    // MARK: Text

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    /// About how wide a text is; a wide font is assumed, so that no text of a narrower one runs into another.
    static func width(_ text: String, fontSize: Double, isBold: Bool = false) -> Double {
        Double(text.count) * fontSize * (isBold ? 0.68 : 0.61)
    }

    /// Lines no wider than `width`, broken at spaces.
    static func wrapped(_ text: String, width limit: Double, fontSize: Double, isBold: Bool = false) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, width(last + " " + word, fontSize: fontSize, isBold: isBold) <= limit {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    static func place(_ value: Double) -> String {
        let scaled = (value * 10).rounded()
        guard scaled.isFinite, scaled.magnitude < 1e9 else { return "0" }
        let whole = Int(scaled)
        guard whole % 10 != 0 else { return "\(whole / 10)" }
        return (whole < 0 ? "-" : "") + "\(whole.magnitude / 10).\(whole.magnitude % 10)"
    }

    // MARK: Style

    /// Okabe and Ito's colours, which people with any kind of colour vision can tell apart; lighter on dark paper.
    static let style = """
        .chart{--c0:#0072b2;--c1:#d55e00;--c2:#007a5a;--c3:#b0508a;--c4:#8a6d00;--c5:#4d4d4d;--ink:#1b1b1b;\
        --soft:#595959;--rule:#dcdcdc;--paper:#fff;\
        font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        @media(prefers-color-scheme:dark){.chart{--c0:#56b4e9;--c1:#ff8c42;--c2:#2fc49a;--c3:#e59ac6;--c4:#f0d000;\
        --c5:#c8c8c8;--ink:#ececec;--soft:#b4b4b4;--rule:#3c3c3c;--paper:#161616}}
        .paper{fill:var(--paper)}.t{font-size:15px;font-weight:700;fill:var(--ink)}.k{font-size:12px;fill:var(--soft)}
        .b{font-size:12px;fill:var(--ink)}.g{stroke:var(--rule);stroke-width:1}.a{stroke:var(--soft);stroke-width:1}
        .x{stroke:var(--ink);stroke-width:1.4;stroke-dasharray:5 4}.l{fill:none;stroke-width:2;stroke-linejoin:round}
        .d{stroke-dasharray:2 3}.w{stroke-width:1.4}.n{font-size:12px;font-weight:600}
        """
        + (0..<6).map { ".s\($0){stroke:var(--c\($0))}.f\($0){fill:var(--c\($0))}" }.joined()
}

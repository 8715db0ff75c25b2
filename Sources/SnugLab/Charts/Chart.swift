/// A picture that says one thing.
struct Chart {
    /// Of the file, without `.svg`.
    let name: String
    let experiment: ExperimentName
    /// The finding, as a sentence.
    let title: String
    let content: Content

    enum Content {
        case lines(LineChart)
        case bars(BarChart)
    }

    init(_ experiment: ExperimentName, _ name: String, title: String, _ lines: LineChart) {
        self.init(experiment, name, title: title, content: .lines(lines))
    }

    init(_ experiment: ExperimentName, _ name: String, title: String, _ bars: BarChart) {
        self.init(experiment, name, title: title, content: .bars(bars))
    }

    private init(_ experiment: ExperimentName, _ name: String, title: String, content: Content) {
        self.name = "\(experiment.rawValue)-\(name)"
        self.experiment = experiment
        self.title = title
        self.content = content
    }

    /// Drawn 440 wide, so that at 400 pixels its texts are still about eleven high.
    static let width = 440.0
    static let margin = 10.0
    private static let titleFontSize = 15.0
    private static let titleLineHeight = 19.0

    func svg(standsAlone: Bool) -> String {
        var svg = SVG()
        var top = Self.margin
        let lines = SVG.wrapped(
            title, width: Self.width - 2 * Self.margin, fontSize: Self.titleFontSize, isBold: true)
        for line in lines {
            svg.text(Self.margin, top + Self.titleFontSize, line, "t")
            top += Self.titleLineHeight
        }
        top += 8
        let bottom: Double
        switch content {
        case .lines(let chart): bottom = chart.draw(into: &svg, top: top)
        case .bars(let chart): bottom = chart.draw(into: &svg, top: top)
        }
        return svg.document(width: Self.width, height: bottom + Self.margin, title: title, standsAlone: standsAlone)
    }
}

/// Names with numbers as a JSON object on one line.
struct JSONLine {
    private var members: [String] = []

    var text: String { "{" + members.joined(separator: ", ") + "}" }

    func adding(_ name: String, _ number: Int) -> JSONLine { adding(name, literal: "\(number)") }

    /// With three digits after the point.
    func adding(_ name: String, _ number: Double) -> JSONLine {
        adding(name, literal: "\((number * 1000).rounded() / 1000)")
    }

    private func adding(_ name: String, literal: String) -> JSONLine {
        var line = self
        line.members.append("\"\(name)\": \(literal)")
        return line
    }
}

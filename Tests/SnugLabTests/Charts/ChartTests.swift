import Foundation
import FoundationXML
import Testing

@testable import SnugLab

@Suite struct ChartTests {
    private static func charts(_ results: ResultSet, limits: [String: Int] = ["snug": 512, "redis": 512]) -> [Chart] {
        ExperimentName.allCases.flatMap { $0.charts(SyntheticResults.source($0, results, limits: limits)) }
    }

    @Test func everyExperimentHasItsCharts() {
        let names = Set(Self.charts(SyntheticResults.results()).map(\.name))
        for name in [
            "proof-used", "proof-resident", "buckets-used", "buckets-resident", "buckets-hset-throughput",
            "buckets-hget-throughput", "buckets-hset-cpu", "buckets-hget-cpu", "buckets-hset-latency",
            "buckets-hget-latency", "growth-used-redis", "growth-resident-snug", "thresholds-used",
            "thresholds-hget-cpu", "thresholds-full-hget-cpu", "values-used-redis", "keys-used-snug",
        ] { #expect(names.contains(name), "\(name)") }
    }

    @Test func nothingMeasuredNothingDrawn() {
        #expect(Self.charts(ResultSet(servers: ["snug"])).isEmpty)
    }

    @Test func titlesSayWhatWasFound() {
        let charts = Self.charts(SyntheticResults.results())
        func title(_ name: String) -> String { charts.first { $0.name == name }?.title ?? "" }
        #expect(title("buckets-used") == "Past 512 fields snug stays level; redis takes 8.0 times the memory")
        #expect(title("thresholds-used") == "A limit of 10,000 takes no more memory than one of 1,000")
        #expect(title("values-used-snug") == "On snug a hash stays level across values of 64 bytes")
        #expect(title("values-used-redis").contains("a value of 65 bytes instead of 64 makes a hash"))
        #expect(title("growth-used-redis").hasPrefix("On redis one more item takes 7"))
    }

    /// A run that ended early, or a single server, must draw all the same.
    @Test(arguments: 0..<40)
    func anyPartOfTheResultsCanBeDrawn(seed: Int) {
        let all = SyntheticResults.results(repeats: 1).samples
        let part = all.enumerated().filter { Mixing.bits(UInt64(seed), $0.offset) % 5 == 0 }.map(\.element)
        let results = ResultSet(servers: ["snug", "redis"], samples: part)
        for chart in Self.charts(results) { check(chart.svg(standsAlone: true), chart.name) }
        let files = ExperimentName.allCases.compactMap { $0.table(results, itemCount: SyntheticResults.items)?.text() }
        #expect(!files.isEmpty)
    }

    @Test func chartsAreWellFormedAndNoTextRunsIntoAnother() {
        let results = SyntheticResults.results(servers: ["snug", "redis", "valkey-8.1.dev-x"])
        for limits in [["snug": 512, "redis": 512, "valkey-8.1.dev-x": 512], ["snug": 512, "redis": 128]] {
            for chart in Self.charts(results, limits: limits) {
                check(chart.svg(standsAlone: true), chart.name)
                check(chart.svg(standsAlone: false), chart.name)
            }
        }
    }

    @Test func linesCarryTheirNamesLimitsAndSpread() throws {
        let chart = try #require(Self.charts(SyntheticResults.results()).first { $0.name == "buckets-used" })
        let svg = chart.svg(standsAlone: true)
        for text in [">snug<", ">redis<", ">limit 512<", ">fields in each hash<", ">10,000<", "MB of used_memory"] {
            #expect(svg.contains(text), "\(text)")
        }
        #expect(svg.contains("class=\"w s1\""), "the spread over repeats")
        #expect(svg.contains("prefers-color-scheme:dark"))
        #expect(!svg.contains("http://") || svg.components(separatedBy: "http").count == 2, "only the namespace")
    }

    /// Well-formed XML, every place a number, texts inside the picture and apart from each other.
    private func check(_ svg: String, _ name: String) {
        let reader = TextReader()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = reader
        #expect(parser.parse(), "\(name) is not well formed")
        #expect(!svg.contains("nan") && !svg.contains("inf"), "\(name) has a place that is none")
        for (index, one) in reader.texts.enumerated() {
            #expect(one.left >= 0 && one.right <= Chart.width + 1, "\(name): '\(one.text)' leaves the picture")
            for other in reader.texts.dropFirst(index + 1) {
                let isApart =
                    one.right <= other.left || other.right <= one.left || one.bottom <= other.top
                    || other.bottom <= one.top
                #expect(isApart, "\(name): '\(one.text)' runs into '\(other.text)'")
            }
        }
    }
}

/// Collects the texts of a picture with the room that they take.
private final class TextReader: NSObject, XMLParserDelegate {
    struct Item {
        let text: String
        let left: Double
        let right: Double
        let top: Double
        let bottom: Double
    }

    private(set) var texts: [Item] = []
    private var attributes: [String: String]?
    private var current = ""

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        guard name == "text" else { return }
        self.attributes = attributes
        current = ""
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { current += text }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        guard name == "text", let attributes, let x = Double(attributes["x"] ?? ""),
            let y = Double(attributes["y"] ?? "")
        else { return }
        let isTitle = attributes["class"] == "t"
        let fontSize = isTitle ? 15.0 : 12.0
        let width = SVG.width(current, fontSize: fontSize, isBold: isTitle) * 0.98
        let left =
            switch attributes["text-anchor"] {
            case "middle": x - width / 2
            case "end": x - width
            default: x
            }
        texts.append(
            Item(text: current, left: left, right: left + width, top: y - fontSize * 0.75, bottom: y + fontSize * 0.2))
        self.attributes = nil
    }
}

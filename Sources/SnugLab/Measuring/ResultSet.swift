/// All samples of a run so far, and the questions that charts and tables ask of them.
struct ResultSet {
    private(set) var samples: [Sample] = []
    /// In the order in which they were named.
    let servers: [String]

    init(servers: [String], samples: [Sample] = []) {
        self.servers = servers
        self.samples = samples
    }

    mutating func append(_ sample: Sample) { samples.append(sample) }

    func of(_ experiment: ExperimentName) -> ResultSet {
        ResultSet(servers: servers, samples: samples.filter { $0.experiment == experiment })
    }

    /// The series in the order in which they were measured.
    var series: [String] { unique(samples.map(\.series)) }

    /// The places on the horizontal axis, ascending, with their labels.
    func places(series: String? = nil) -> [(x: Double, label: String)] {
        var seen: [Double: String] = [:]
        for sample in samples where series == nil || sample.series == series { seen[sample.x] = sample.label }
        return seen.sorted { $0.key < $1.key }.map { (x: $0.key, label: $0.value) }
    }

    func summary(_ server: String, _ series: String, _ x: Double, _ metric: Metric) -> Summary? {
        Summary(at(server, series, x).compactMap { $0.value(metric) })
    }

    /// A figure for each item stored.
    func perItem(_ server: String, _ series: String, _ x: Double, _ metric: Metric) -> Summary? {
        Summary(
            at(server, series, x).compactMap { sample in
                sample.value(metric).map { $0 / Double(sample.itemCount) }
            })
    }

    func encoding(_ server: String, _ series: String, _ x: Double) -> String {
        at(server, series, x).first?.encoding ?? ""
    }

    func at(_ server: String, _ series: String, _ x: Double) -> [Sample] {
        samples.filter { $0.server == server && $0.series == series && $0.x == x }
    }

    func has(_ server: String, _ series: String) -> Bool {
        samples.contains { $0.server == server && $0.series == series }
    }

    private func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}

/// One thing to do with one server: under a setting, store a workload and look.
struct Trial {
    let experiment: ExperimentName
    /// The line in a chart it belongs to.
    let series: String
    /// Where on the horizontal axis.
    let x: Double
    let label: String
    var workload: Workload
    /// `hash-max-listpack-entries` for the time of the trial; nil leaves it as it is.
    var entriesLimit: Int?
    /// The numbers of items after which memory is read, the last being all. More than one makes each a place of its own
    /// on the horizontal axis.
    var checkpoints: [Int]
    /// Whether reading, and single commands, are measured too.
    var measuresSpeed = false

    init(
        _ experiment: ExperimentName, series: String, x: Double, label: String, _ workload: Workload,
        entriesLimit: Int? = nil, measuresSpeed: Bool = false
    ) {
        self.experiment = experiment
        self.series = series
        self.x = x
        self.label = label
        self.workload = workload
        self.entriesLimit = entriesLimit
        self.measuresSpeed = measuresSpeed
        checkpoints = [workload.itemCount]
    }

    /// Whether a server that refuses CONFIG can take part.
    var needsConfiguration: Bool { entriesLimit != nil }
}

extension ExperimentName {
    /// All trials of one repeat, in order.
    func trials(items: Int, seed: UInt64) -> [Trial] {
        switch self {
        case .proof: Self.proofTrials(items, seed)
        case .buckets: Self.bucketTrials(items, seed)
        case .growth: Self.growthTrials(items, seed)
        case .thresholds: Self.thresholdTrials(items, seed)
        case .values: Self.valueTrials(items, seed)
        case .keys: Self.keyTrials(items, seed)
        }
    }

    // MARK: The names that charts look for

    static let plainKeys = "a key per user"
    static let pastTheLimit = "hashes of 1,000, past the limit"
    static let withinTheLimit = "hashes of 1,000, within the limit"
    static let hashes = "hashes"
    static let thousandFields = "1,000 fields"
    static let fullHashes = "filled to the limit"
    static let plain = "plain"
    static let byHand = "by hand"

    private static func proofTrials(_ items: Int, _ seed: UInt64) -> [Trial] {
        func workload(_ layout: Workload.Layout) -> Workload {
            Workload(layout: layout, names: .flag, values: .flag, itemCount: items, seed: seed)
        }
        return [
            Trial(.proof, series: plainKeys, x: 0, label: plainKeys, workload(.plain)),
            Trial(
                .proof, series: pastTheLimit, x: 1, label: pastTheLimit, workload(.buckets(fieldCount: 1000)),
                entriesLimit: 1),
            Trial(
                .proof, series: withinTheLimit, x: 2, label: withinTheLimit, workload(.buckets(fieldCount: 1000)),
                entriesLimit: 1024),
        ]
    }

    /// Dense around 512, the limit that servers come with.
    static let bucketFieldCounts = [
        10, 25, 50, 100, 200, 300, 400, 450, 480, 500, 508, 511, 512, 513, 514, 520, 550, 600, 700, 800, 1000, 1500,
        2500, 4000, 6000, 10000,
    ]

    private static func bucketTrials(_ items: Int, _ seed: UInt64) -> [Trial] {
        bucketFieldCounts.map { count in
            let workload = Workload(
                layout: .buckets(fieldCount: count), names: .number, values: .small, itemCount: items, seed: seed)
            return Trial(
                .buckets, series: hashes, x: Double(count), label: Figure.grouped(count), workload, measuresSpeed: true)
        }
    }

    private static func growthTrials(_ items: Int, _ seed: UInt64) -> [Trial] {
        let layouts: [(String, Workload.Layout)] = [
            ("SET", .plain), ("HSET (1,000)", .buckets(fieldCount: 1000)), ("HSET (500)", .buckets(fieldCount: 500)),
        ]
        return layouts.map { series, layout in
            let workload = Workload(layout: layout, names: .number, values: .small, itemCount: items, seed: seed)
            var trial = Trial(.growth, series: series, x: 0, label: "", workload)
            trial.checkpoints = growthCheckpoints(items)
            return trial
        }
    }

    /// 10,000, 20,000, 50,000, then ten equal steps, as far as there are items.
    static func growthCheckpoints(_ items: Int) -> [Int] {
        let steps = [10_000, 20_000, 50_000] + (1...10).map { items / 10 * $0 }
        return Set(steps.filter { $0 >= min(10_000, items) && $0 < items } + [items]).sorted()
    }

    static let limits = [128, 256, 512, 900, 999, 1000, 1100, 1500, 2000, 3500, 5000, 7500, 10000]
    static let fullLimits = [128, 512, 1000, 2000, 3500, 5000, 7500, 10000]

    private static func thresholdTrials(_ items: Int, _ seed: UInt64) -> [Trial] {
        func trial(_ series: String, _ fieldCount: Int, _ limit: Int, _ count: Int) -> Trial {
            let workload = Workload(
                layout: .buckets(fieldCount: fieldCount), names: .number, values: .small, itemCount: count, seed: seed)
            return Trial(
                .thresholds, series: series, x: Double(limit), label: Figure.grouped(limit), workload,
                entriesLimit: limit, measuresSpeed: true)
        }
        return limits.map { trial(thousandFields, 1000, $0, items) }
            + fullLimits.map { trial(fullHashes, $0, $0, max(items / 10, 1)) }
    }

    static let valueByteCounts = [1, 2, 4, 8, 16, 24, 32, 40, 48, 56, 60, 63, 64, 65, 66, 72, 80, 100, 128, 160, 200]

    private static func valueTrials(_ items: Int, _ seed: UInt64) -> [Trial] {
        valueByteCounts.flatMap { byteCount in
            [(plain, Workload.Layout.plain), (hashes, .buckets(fieldCount: 100))].map { series, layout in
                let workload = Workload(
                    layout: layout, names: .number, values: .text(byteCount: byteCount), itemCount: items, seed: seed)
                return Trial(.values, series: series, x: Double(byteCount), label: "\(byteCount) bytes", workload)
            }
        }
    }

    private static func keyTrials(_ items: Int, _ seed: UInt64) -> [Trial] {
        let kinds: [Names] = [.number, .padded, .uuid, .hexadecimal, .text]
        return kinds.enumerated().flatMap { place, names in
            [(plain, Workload.Layout.plain), (byHand, .buckets(fieldCount: 400))].map { series, layout in
                let workload = Workload(layout: layout, names: names, values: .small, itemCount: items, seed: seed)
                return Trial(.keys, series: series, x: Double(place), label: names.title, workload)
            }
        }
    }
}

@testable import SnugLab

/// Results as two servers might give them: one with a cliff at 512 fields and 64 bytes, one that is level.
enum SyntheticResults {
    static let items = 1_000_000

    static func results(
        of experiments: [ExperimentName] = ExperimentName.allCases, servers: [String] = ["snug", "redis"],
        repeats: Int = 2
    ) -> ResultSet {
        var results = ResultSet(servers: servers)
        for experiment in experiments {
            for trial in experiment.trials(items: items, seed: 1) {
                for repetition in 1...repeats {
                    for server in servers { append(trial, server, repetition, &results) }
                }
            }
        }
        return results
    }

    private static func append(_ trial: Trial, _ server: String, _ repetition: Int, _ results: inout ResultSet) {
        for checkpoint in trial.checkpoints {
            let isMany = trial.checkpoints.count > 1
            let each = bytes(trial, server) * (1 + 0.01 * Double(repetition))
            var figures: [Metric: Double] = [
                .usedBytes: each * Double(checkpoint), .residentBytes: each * 1.1 * Double(checkpoint),
            ]
            if trial.measuresSpeed {
                for (place, metric) in Metric.allCases.dropFirst(2).enumerated() {
                    figures[metric] = each * Double(100 * (place + 1)) * Double(repetition)
                }
            }
            results.append(
                Sample(
                    server: server, experiment: trial.experiment, series: trial.series,
                    x: isMany ? Double(checkpoint) : trial.x, label: isMany ? "\(checkpoint)" : trial.label,
                    repetition: repetition, itemCount: checkpoint, encoding: "listpack", figures: figures))
        }
    }

    private static func bytes(_ trial: Trial, _ server: String) -> Double {
        guard server == "redis", case .buckets(let fieldCount) = trial.workload.layout else { return 7 }
        if case .text(let byteCount) = trial.workload.values, byteCount > 64 { return 200 }
        return fieldCount > trial.entriesLimit ?? 512 ? 56 : 7
    }

    static func source(
        _ experiment: ExperimentName, _ results: ResultSet, limits: [String: Int] = ["snug": 512, "redis": 512]
    ) -> ChartSource {
        ChartSource(
            results: results.of(experiment), entriesLimits: limits, valueLimits: ["snug": 64, "redis": 64],
            itemCount: items)
    }
}

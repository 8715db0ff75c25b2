/// A figure over its repeats: the one in the middle and how far the others lie.
struct Summary: Equatable {
    let middle: Double
    let low: Double
    let high: Double

    /// Nil when there is no sample.
    init?(_ samples: [Double]) {
        guard !samples.isEmpty else { return nil }
        let sorted = samples.sorted()
        low = sorted[0]
        high = sorted[sorted.count - 1]
        let half = sorted.count / 2
        middle = sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    }

    init(middle: Double, low: Double, high: Double) {
        self.middle = middle
        self.low = low
        self.high = high
    }

    func scaled(by factor: Double) -> Summary {
        Summary(middle: middle * factor, low: low * factor, high: high * factor)
    }
}

enum Percentile {
    /// The smallest sample that at least `percent` of all are not above: the nearest rank. 0 when there is none.
    static func of(_ samples: [Double], percent: Double) -> Double {
        guard !samples.isEmpty else { return 0 }
        let sorted = samples.sorted()
        let rank = (percent / 100 * Double(sorted.count)).rounded(.up)
        return sorted[min(max(Int(rank), 1), sorted.count) - 1]
    }
}

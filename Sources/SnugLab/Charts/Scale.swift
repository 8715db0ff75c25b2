internal import Glibc

/// From values to places on an axis.
struct Scale {
    enum Kind { case linear, logarithmic }

    let kind: Kind
    let low: Double
    let high: Double
    /// Places of the ends; `to` may lie before `from`, as it does on a vertical axis.
    let from: Double
    let to: Double

    /// The place of a value; those outside are held at the ends.
    func place(_ value: Double) -> Double {
        guard high > low else { return (from + to) / 2 }
        let share =
            switch kind {
            case .linear: (value - low) / (high - low)
            case .logarithmic: (log10(max(value, 1e-9)) - log10(low)) / (log10(high) - log10(low))
            }
        return from + (to - from) * min(max(share, 0), 1)
    }

    /// Round values inside the ends, about `count` of them.
    func ticks(about count: Int) -> [Double] {
        switch kind {
        case .linear: Self.linearTicks(low, high, count)
        case .logarithmic: Self.decades(low, high)
        }
    }

    /// A round number that is not below `value`: 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten.
    static func roundedUp(_ value: Double) -> Double {
        guard value > 0 else { return 1 }
        let power = pow(10, floor(log10(value)))
        for step in [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10] where step * power >= value * 0.999_999 {
            return step * power
        }
        return 10 * power
    }

    private static func linearTicks(_ low: Double, _ high: Double, _ count: Int) -> [Double] {
        guard high > low, count > 0 else { return [low] }
        let rough = (high - low) / Double(count)
        let power = pow(10, floor(log10(rough)))
        let step = ([1, 2, 2.5, 5, 10].first { $0 * power >= rough * 0.999 } ?? 10) * power
        var ticks: [Double] = []
        var value = (low / step).rounded(.up) * step
        while value <= high * 1.000_001, ticks.count < 50 {
            ticks.append(value)
            value += step
        }
        return ticks
    }

    private static func decades(_ low: Double, _ high: Double) -> [Double] {
        var ticks: [Double] = []
        var value = pow(10, floor(log10(low)))
        while value <= high * 1.000_001, ticks.count < 50 {
            if value >= low * 0.999_999 { ticks.append(value) }
            value *= 10
        }
        guard ticks.count < 2 else { return ticks }
        return [low, high]
    }
}

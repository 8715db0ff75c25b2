/// Numbers as people read them.
enum Figure {
    /// With so many digits behind the point, rounded half up.
    static func fixed(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite else { return "–" }
        var power = 1.0
        for _ in 0..<digits { power *= 10 }
        let scaled = (value.magnitude * power).rounded()
        guard scaled < 9e15 else { return "\(value)" }
        let whole = Int(scaled)
        let sign = value < 0 && whole > 0 ? "−" : ""
        guard digits > 0 else { return sign + grouped(whole) }
        let fraction = String(whole % Int(power))
        return sign + grouped(whole / Int(power)) + "."
            + String(repeating: "0", count: digits - fraction.count) + fraction
    }

    /// With commas: 1,000,000.
    static func grouped(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var result = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { result += "," }
            result.append(digit)
        }
        return (value < 0 ? "−" : "") + result
    }

    /// Three digits that count: 72.4, 7.33, 123, 0.51.
    static func short(_ value: Double) -> String {
        let magnitude = value.magnitude
        if magnitude >= 99.95 || magnitude < 0.000_5 { return fixed(value, 0) }
        if magnitude >= 9.995 { return fixed(value, 1) }
        return fixed(value, magnitude >= 0.095 ? 2 : 3)
    }

    /// As an axis says it: no digits that say nothing.
    static func tick(_ value: Double) -> String {
        for digits in 0..<6 where (value * power(digits) - (value * power(digits)).rounded()).magnitude < 1e-6 {
            return fixed(value, digits)
        }
        return short(value)
    }

    /// The words for a number of items: a million, 50,000.
    static func items(_ count: Int) -> String { count == 1_000_000 ? "a million" : grouped(count) }

    /// "1.9" for factors below ten, "12" above.
    static func factor(_ value: Double) -> String { fixed(value, value < 9.95 ? 1 : 0) }

    private static func power(_ digits: Int) -> Double {
        var result = 1.0
        for _ in 0..<digits { result *= 10 }
        return result
    }
}

extension Figure {
    /// For programs: no commas, no point when the value is whole.
    static func plain(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
    }
}

/// The text of INFO while it is written: sections of `name:value` lines.
struct InfoText {
    private(set) var text = ""

    /// `# name`, after an empty line when it is not the first.
    mutating func section(_ name: StaticString) {
        if !text.isEmpty { text += "\r\n" }
        text += "# \(name)\r\n"
    }

    mutating func field(_ name: String, _ value: some CustomStringConvertible) {
        text += name
        text += ":"
        text += value.description
        text += "\r\n"
    }

    /// A number of bytes, and the same for people under `name_human`.
    mutating func bytes(_ name: String, _ byteCount: Int) {
        field(name, byteCount)
        field(name + "_human", humanByteCount(byteCount))
    }

    /// Several fields of the value 0, for what clients look for and Snug does not have.
    mutating func zeros(_ names: String...) {
        for name in names { field(name, 0) }
    }
}

/// "967.23K": bytes in the unit that leaves the fewest digits.
func humanByteCount(_ byteCount: Int) -> String {
    guard byteCount.magnitude >= 1024 else { return "\(byteCount)B" }
    var value = Double(byteCount)
    var unit = -1
    let units = Array("KMGTPE")
    while value.magnitude >= 1024 && unit < units.count - 1 {
        value /= 1024
        unit += 1
    }
    return fixed(value, digits: 2) + String(units[unit])
}

/// `value` with `digits` digits (0 to 6) behind the point, rounded half away from zero.
func fixed(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "\(value)" }
    let scale = [1.0, 10, 100, 1000, 10_000, 100_000, 1_000_000][digits]
    let scaled = Int64((value.magnitude * scale).rounded())
    let whole = "\(value < 0 && scaled > 0 ? "-" : "")\(scaled / Int64(scale))"
    guard digits > 0 else { return whole }
    let fraction = "\(scaled % Int64(scale))"
    return whole + "." + String(repeating: "0", count: digits - fraction.count) + fraction
}

/// `part` of `whole` in percent, with two digits and the sign.
func percentage(_ part: Int, of whole: Int) -> String {
    (whole == 0 ? "0.00" : fixed(Double(part) * 100 / Double(whole), digits: 2)) + "%"
}

/// `part` divided by `whole`, 0 when there is no whole.
func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
}

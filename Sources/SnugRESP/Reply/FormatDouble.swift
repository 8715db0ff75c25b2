/// `value` as Redis 7.2 and later write doubles: the shortest decimal that reads back the same, without an exponent
/// where Redis has none, and `inf`, `-inf`, `nan`.
package func formatDouble(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if value == value.rounded(), abs(value) < 1e17 { return String(Int64(value)) }
    return "\(value)"
}

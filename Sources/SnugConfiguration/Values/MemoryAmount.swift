internal import SnugMemory

/// Amounts of memory as Redis reads them: digits and a unit in any case. `k`, `m`, `g` are powers of 1000, `kb`, `mb`,
/// `gb` powers of 1024, `b` or nothing is bytes. No sign, no blank, no fraction.
enum MemoryAmount {
    private static let units: [(name: StaticString, factor: UInt64)] = [
        ("", 1), ("b", 1), ("k", 1000), ("kb", 1 << 10), ("m", 1_000_000), ("mb", 1 << 20), ("g", 1_000_000_000),
        ("gb", 1 << 30),
    ]

    /// The bytes. An amount that does not fit is cut off at the largest number, which no range but `maxmemory`'s holds.
    static func bytes(_ value: [UInt8], in range: ClosedRange<UInt64>) throws(ValueError) -> UInt64 {
        let amount = try parse(value, orThrow: .notMemory)
        guard range.contains(amount) else { throw .outside("\(range.lowerBound)", "\(range.upperBound)") }
        return amount
    }

    /// The bytes in decimal, or the percentage with its sign.
    static func bytesOrPercent(_ value: [UInt8]) throws(ValueError) -> [UInt8] {
        if value.last == UInt8(ascii: "%") {
            guard let percent = Array(value.dropLast()).rawBytes.canonicalInteger, percent >= 0 else {
                throw .notMemoryOrPercent
            }
            guard percent <= 100 else { throw .percentTooLarge }
            return Array("\(percent)%".utf8)
        }
        let amount = try parse(value, orThrow: .notMemoryOrPercent)
        guard amount <= UInt64(Int64.max) else { throw .outside("0", "\(Int64.max)") }
        return Array(String(amount).utf8)
    }

    private static func parse(_ value: [UInt8], orThrow failure: ValueError) throws(ValueError) -> UInt64 {
        let digits = value.prefix { $0 >= 48 && $0 <= 57 }
        let unit = Array(value.dropFirst(digits.count))
        guard let factor = units.first(where: { unit.rawBytes.equalsIgnoringCase($0.name) })?.factor else {
            throw failure
        }
        var amount: UInt64 = 0
        for digit in digits {
            let (product, overflowed) = amount.multipliedReportingOverflow(by: 10)
            let (sum, carried) = product.addingReportingOverflow(UInt64(digit - 48))
            if overflowed || carried { return .max }
            amount = sum
        }
        let (bytes, overflowed) = amount.multipliedReportingOverflow(by: factor)
        return overflowed ? .max : bytes
    }

    /// `bytes` with the largest unit that divides it, as CONFIG REWRITE writes it.
    static func text(_ bytes: UInt64) -> String {
        for (unit, name) in [(UInt64(1) << 30, "gb"), (1 << 20, "mb"), (1 << 10, "kb")]
        where bytes > 0 && bytes.isMultiple(of: unit) {
            return "\(bytes / unit)\(name)"
        }
        return String(bytes)
    }
}

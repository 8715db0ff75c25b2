internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

extension RawSpan {
    /// The offset of a bit that a string may have; with `#` before it, where `fieldBitCount` is given, of so many
    /// fields. Throws `bitOffsetOutOfRange`.
    func bitOffset(fieldBitCount: Int? = nil, _ partition: borrowing Partition) throws(CommandError) -> Int {
        var digits = self
        var factor = 1
        if let fieldBitCount, byteCount > 0, self[0] == UInt8(ascii: "#") {
            digits = extracting(droppingFirst: 1)
            factor = fieldBitCount
        }
        guard let number = digits.canonicalInteger else { throw .bitOffsetOutOfRange }
        let (offset, overflow) = number.multipliedReportingOverflow(by: Int64(factor))
        guard !overflow, offset >= 0, offset >> 3 < Int64(partition.limits.stringByteCountMax) else {
            throw .bitOffsetOutOfRange
        }
        return Int(offset)
    }
}

/// What the offsets of BITCOUNT and BITPOS count.
enum BitUnit {
    case byte, bit

    /// Throws `syntax` when the word is neither.
    init(_ word: RawSpan) throws(CommandError) {
        if word.isWord("BIT") {
            self = .bit
        } else if word.isWord("BYTE") {
            self = .byte
        } else {
            throw .syntax
        }
    }

    /// The bits of the units in `range`, which is not empty.
    func bits(_ range: Range<Int>) -> (first: Int, last: Int) {
        switch self {
        case .bit: (range.lowerBound, range.upperBound - 1)
        case .byte: (range.lowerBound << 3, range.upperBound << 3 - 1)
        }
    }

    /// How many units so many bytes are.
    func count(ofBytes byteCount: Int) -> Int { self == .bit ? byteCount << 3 : byteCount }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// A condition on the string that a key holds: IFEQ and IFNE with a value, IFDEQ and IFDNE with a digest.
struct ValueCondition {
    enum Kind {
        case equals, differs, digestEquals, digestDiffers

        init?(_ word: RawSpan) {
            if word.isWord("IFEQ") {
                self = .equals
            } else if word.isWord("IFNE") {
                self = .differs
            } else if word.isWord("IFDEQ") {
                self = .digestEquals
            } else if word.isWord("IFDNE") {
                self = .digestDiffers
            } else {
                return nil
            }
        }
    }

    let kind: Kind
    /// Index of the word that the value, or its digest, is compared with.
    let operandIndex: Int

    /// Whether a key that is not there counts as one with another value.
    var holdsForNothing: Bool { kind == .differs || kind == .digestDiffers }

    /// Whether it holds for the string under `key`; nil when that is not there. Throws `wrongType`, and `notDigest` for
    /// an operand that cannot be a digest, which is asked only then.
    func holds(
        for key: RawSpan, _ arguments: borrowing Arguments, _ partition: inout Partition
    ) throws(CommandError) -> Bool? {
        let operand = arguments[operandIndex]
        let kind = kind
        let (isThere, holds) = try translating { () throws(EngineError) -> (Bool, Bool?) in
            guard let value = try partition.string(key, .write) else { return (false, nil) }
            return (true, value.withBytes { kind.holds(for: $0, operand) })
        }
        guard isThere else { return nil }
        guard let holds else { throw .notDigest }
        return holds
    }
}

extension ValueCondition.Kind {
    /// Nil when the operand should be a digest and has not its length.
    fileprivate func holds(for value: RawSpan, _ operand: RawSpan) -> Bool? {
        switch self {
        case .equals: return value.isEqual(to: operand)
        case .differs: return !value.isEqual(to: operand)
        case .digestEquals, .digestDiffers:
            guard operand.byteCount == DigestText.byteCount else { return nil }
            let isEqual = DigestText(value.xxh3).equals(operand)
            return (self == .digestEquals) == isEqual
        }
    }
}

/// A digest as 16 hexadecimal digits, the highest first.
struct DigestText {
    static let byteCount = 16
    let digits: InlineArray<16, UInt8>

    init(_ digest: UInt64) {
        digits = InlineArray { index in
            let digit = UInt8(truncatingIfNeeded: digest >> UInt64(60 - index * 4)) & 15
            return digit < 10 ? 48 + digit : 87 + digit
        }
    }

    /// Whether the text is the same, in any case.
    func equals(_ text: RawSpan) -> Bool {
        for index in 0..<Self.byteCount where digits[index] != text[index].asciiLowercased { return false }
        return true
    }
}

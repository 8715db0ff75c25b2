package import SnugMemory

/// Writes a listpack behind the bytes of a buffer, element by element; `finish` makes it one. Nothing else may be
/// appended meanwhile.
package struct ListpackWriter {
    private let start: Int
    private var count = 0

    /// Begins a listpack.
    package init(_ bytes: inout GrowableBytes) {
        start = bytes.count
        bytes.append(repeating: 0, count: ListpackLayout.headerByteCount)
    }

    /// Appends an element. Text that is an integer's is stored as the integer, as Redis does.
    package mutating func append(_ value: StringValue, to bytes: inout GrowableBytes) {
        count += 1
        switch copy value {
        case .integer(let integer): ListpackLayout.append(integer, to: &bytes)
        case .bytes(let text):
            if let integer = text.canonicalInteger {
                ListpackLayout.append(integer, to: &bytes)
            } else {
                ListpackLayout.append(text, to: &bytes)
            }
        }
    }

    /// Writes the end and the head. False, and all that was written taken back, when there are more than
    /// `byteCountMax` bytes, which must be at most `UInt32.max`.
    package func finish(_ bytes: inout GrowableBytes, byteCountMax: Int) -> Bool {
        bytes.append(ListpackLayout.end)
        let total = bytes.count - start
        guard total <= byteCountMax else {
            bytes.truncate(to: start)
            return false
        }
        for index in 0..<4 { bytes.set(UInt8(truncatingIfNeeded: total >> (8 * index)), at: start + index) }
        let stored = min(count, ListpackLayout.unknownCount)
        bytes.set(UInt8(truncatingIfNeeded: stored), at: start + ListpackLayout.countOffset)
        bytes.set(UInt8(truncatingIfNeeded: stored >> 8), at: start + ListpackLayout.countOffset + 1)
        return true
    }
}

extension ListpackLayout {
    /// Appends the element of an integer.
    fileprivate static func append(_ integer: Int64, to bytes: inout GrowableBytes) {
        let bits = UInt64(bitPattern: integer)
        let byteCount = encodingByteCount(of: .integer(integer))
        switch byteCount {
        case 1: bytes.append(UInt8(truncatingIfNeeded: bits))
        case 2:
            bytes.append(0xc0 | UInt8(truncatingIfNeeded: bits >> 8) & 0x1f)
            bytes.append(UInt8(truncatingIfNeeded: bits))
        default:
            // 16, 24, 32 and 64 bits have the heads 0xf1 to 0xf4.
            bytes.append(0xef + UInt8(byteCount == 9 ? 5 : byteCount - 1))
            bytes.append(low: byteCount - 1, of: bits)
        }
        appendBackLength(byteCount, to: &bytes)
    }

    /// Appends the element of a text that is not an integer's.
    fileprivate static func append(_ text: RawSpan, to bytes: inout GrowableBytes) {
        let count = text.byteCount
        switch stringHeadByteCount(count) {
        case 1: bytes.append(0x80 | UInt8(count))
        case 2:
            bytes.append(0xe0 | UInt8(count >> 8))
            bytes.append(UInt8(truncatingIfNeeded: count))
        default:
            bytes.append(0xf0 as UInt8)
            bytes.append(low: 4, of: UInt64(count))
        }
        bytes.append(text)
        appendBackLength(stringHeadByteCount(count) + count, to: &bytes)
    }

    private static func appendBackLength(_ byteCount: Int, to bytes: inout GrowableBytes) {
        var left = backLengthByteCount(byteCount)
        let width = left
        while left > 0 {
            left -= 1
            let isFirst = left == width - 1
            bytes.append(UInt8(truncatingIfNeeded: byteCount >> (7 * left) & 0x7f) | (isFirst ? 0 : 0x80))
        }
    }
}

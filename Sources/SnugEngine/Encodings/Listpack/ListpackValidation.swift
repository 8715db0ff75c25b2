internal import SnugMemory

/// The way in for listpack bytes that somebody else wrote.
extension ListpackReader {
    /// A reader of `bytes` if they are a listpack whose invariants hold from the first byte to the last, else nil.
    /// Reads every head and every back length once; the contents of strings are not looked at.
    @_lifetime(copy bytes)
    package init?(validating bytes: RawSpan) {
        guard Self.isListpack(bytes) else { return nil }
        self.init(trusting: bytes)
    }

    private static func isListpack(_ bytes: RawSpan) -> Bool {
        let total = bytes.byteCount
        guard total >= ListpackLayout.emptyByteCount,
            Int(UInt32(littleEndian: bytes.load(UInt32.self, at: 0))) == total,
            bytes[total - 1] == ListpackLayout.end
        else { return false }
        let end = total - 1
        var offset = ListpackLayout.headerByteCount
        var count = 0
        while offset < end {
            guard let next = placeAfterElement(in: bytes, at: offset, end: end) else { return false }
            offset = next
            count += 1
        }
        let stored = Int(UInt16(littleEndian: bytes.load(UInt16.self, at: ListpackLayout.countOffset)))
        return stored == ListpackLayout.unknownCount || stored == count
    }

    /// The place behind the element at `offset` if all of it lies before `end` and its back length is its own.
    private static func placeAfterElement(in bytes: RawSpan, at offset: Int, end: Int) -> Int? {
        guard let byteCount = encodingByteCount(in: bytes, at: offset, end: end) else { return nil }
        let width = ListpackLayout.backLengthByteCount(byteCount)
        guard byteCount <= end - offset, width <= end - offset - byteCount else { return nil }
        let next = offset + byteCount + width
        var place = next - 1
        var rest = byteCount
        while place >= offset + byteCount {
            let isFirst = place == offset + byteCount
            guard bytes[place] == UInt8(rest & 0x7f) | (isFirst ? 0 : 0x80) else { return nil }
            rest >>= 7
            place -= 1
        }
        return rest == 0 ? next : nil
    }

    /// Bytes that the element's head claims for its encoding; nil when there is no such head or it is cut off.
    private static func encodingByteCount(in bytes: RawSpan, at offset: Int, end: Int) -> Int? {
        let first = bytes[offset]
        switch first {
        case 0x00..<0x80: return 1
        case 0x80..<0xc0: return 1 + Int(first & 0x3f)
        case 0xc0..<0xe0: return 2
        case 0xe0..<0xf0: return offset + 1 < end ? 2 + Int(first & 0x0f) << 8 + Int(bytes[offset + 1]) : nil
        case 0xf0:
            guard end - offset > 4 else { return nil }
            return 5 + Int(UInt32(littleEndian: bytes.load(UInt32.self, at: offset + 1)))
        case 0xf1: return 3
        case 0xf2: return 4
        case 0xf3: return 5
        case 0xf4: return 9
        default: return nil
        }
    }
}

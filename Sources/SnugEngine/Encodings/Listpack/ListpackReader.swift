internal import SnugMemory

/// Reads a listpack whose invariants hold (see `ListpackLayout`): from validation, or from `Listpack`. A place in it is
/// the offset of an element's first byte; `endOffset` is the place behind the last.
///
/// Every access is checked against the bytes, so that even a broken invariant stops the process instead of reading past
/// them.
package struct ListpackReader: ~Escapable, BitwiseCopyable {
    package let bytes: RawSpan

    /// `bytes` are all bytes of the listpack and nothing more.
    @inline(__always) @_lifetime(copy bytes)
    init(trusting bytes: RawSpan) {
        self.bytes = bytes
    }

    /// `bytes` are what `init(validating:)` has accepted.
    @inline(__always) @_lifetime(copy bytes)
    package init(validated bytes: RawSpan) {
        self.init(trusting: bytes)
    }

    package var firstOffset: Int { ListpackLayout.headerByteCount }

    @inline(__always)
    package var endOffset: Int { bytes.byteCount - 1 }

    /// How many elements there are. Constant time below 65535, a walk from there on.
    package var count: Int {
        let stored = Int(UInt16(littleEndian: bytes.load(UInt16.self, at: ListpackLayout.countOffset)))
        return stored == ListpackLayout.unknownCount ? countByWalking() : stored
    }

    private func countByWalking() -> Int {
        var count = 0
        var offset = firstOffset
        while offset < endOffset {
            offset = self.offset(after: offset)
            count += 1
        }
        return count
    }

    // MARK: Walking

    /// The place behind the element at `offset`.
    @inline(__always)
    package func offset(after offset: Int) -> Int {
        offset + ListpackLayout.elementByteCount(ofEncoding: encodingByteCount(at: offset))
    }

    /// The place of the element before `offset`, or nil at the first.
    package func offset(before offset: Int) -> Int? {
        guard offset > firstOffset else { return nil }
        var place = offset - 1
        var shift = 0
        var byteCount = 0
        while true {
            let byte = bytes[place]
            byteCount |= Int(byte & 0x7f) << shift
            if byte & 0x80 == 0 { return place - byteCount }
            shift += 7
            place -= 1
        }
    }

    /// The place of the element with index `index` from the front, or nil when there are fewer. A walk.
    package func offset(ofIndex index: Int) -> Int? {
        var offset = firstOffset
        var left = index
        while left > 0 && offset < endOffset {
            offset = self.offset(after: offset)
            left -= 1
        }
        return offset < endOffset ? offset : nil
    }

    @inline(__always)
    private func encodingByteCount(at offset: Int) -> Int {
        let first = bytes[offset]
        if first < 0x80 { return 1 }
        if first < 0xc0 { return 1 + Int(first & 0x3f) }
        if first < 0xe0 { return 2 }
        if first < 0xf0 { return 2 + Int(first & 0x0f) << 8 + Int(bytes[offset + 1]) }
        return wideEncodingByteCount(first, at: offset)
    }

    private func wideEncodingByteCount(_ first: UInt8, at offset: Int) -> Int {
        switch first {
        case 0xf0: 5 + Int(UInt32(littleEndian: bytes.load(UInt32.self, at: offset + 1)))
        case 0xf1: 3
        case 0xf2: 4
        case 0xf3: 5
        case 0xf4: 9
        default: preconditionFailure("no element starts with \(first)")
        }
    }

    // MARK: Values

    /// The element at `offset`.
    @_lifetime(copy self)
    package func value(at offset: Int) -> StringValue {
        let first = bytes[offset]
        if first < 0x80 { return .integer(Int64(first)) }
        if first < 0xc0 { return .bytes(bytes.slice(from: offset + 1, count: Int(first & 0x3f))) }
        if first < 0xe0 { return .integer(integer13(first, at: offset)) }
        if first <= 0xf0 {
            let byteCount = encodingByteCount(at: offset)
            let head = first == 0xf0 ? 5 : 2
            return .bytes(bytes.slice(from: offset + head, count: byteCount - head))
        }
        return .integer(wideInteger(first, at: offset))
    }

    private func integer13(_ first: UInt8, at offset: Int) -> Int64 {
        let bits = UInt16(first & 0x1f) << 8 | UInt16(bytes[offset + 1])
        return Int64(Int16(bitPattern: bits << 3) >> 3)
    }

    private func wideInteger(_ first: UInt8, at offset: Int) -> Int64 {
        switch first {
        case 0xf1: return Int64(Int16(littleEndian: bytes.load(Int16.self, at: offset + 1)))
        case 0xf2:
            let low = UInt32(UInt16(littleEndian: bytes.load(UInt16.self, at: offset + 1)))
            let bits = UInt32(bytes[offset + 3]) << 16 | low
            return Int64(Int32(bitPattern: bits << 8) >> 8)
        case 0xf3: return Int64(Int32(littleEndian: bytes.load(Int32.self, at: offset + 1)))
        case 0xf4: return Int64(littleEndian: bytes.load(Int64.self, at: offset + 1))
        default: preconditionFailure("no element starts with \(first)")
        }
    }

    // MARK: Finding

    /// The place of the first element that reads as `text`, among the element at `offset` and every one behind it after
    /// `skipping` others; nil when there is none. A walk that compares lengths before bytes.
    package func find(_ text: RawSpan, from offset: Int, skipping: Int) -> Int? {
        let integer = text.canonicalInteger
        var offset = offset
        while offset < endOffset {
            let byteCount = encodingByteCount(at: offset)
            if matches(text, integer, at: offset, byteCount) { return offset }
            offset += ListpackLayout.elementByteCount(ofEncoding: byteCount)
            var left = skipping
            while left > 0 && offset < endOffset {
                offset = self.offset(after: offset)
                left -= 1
            }
        }
        return nil
    }

    /// Whether the element at `offset`, whose encoding has `byteCount` bytes, reads as `text`, whose value is `integer`
    /// if it has one.
    @inline(__always)
    private func matches(_ text: RawSpan, _ integer: Int64?, at offset: Int, _ byteCount: Int) -> Bool {
        let first = bytes[offset]
        if first & 0xc0 == 0x80 {
            return byteCount - 1 == text.byteCount
                && bytes.slice(from: offset + 1, count: byteCount - 1).isEqual(to: text)
        }
        if first >= 0xe0 && first <= 0xf0 {
            let head = first == 0xf0 ? 5 : 2
            return byteCount - head == text.byteCount
                && bytes.slice(from: offset + head, count: byteCount - head).isEqual(to: text)
        }
        guard let integer else { return false }
        switch value(at: offset) {
        case .integer(let found): return found == integer
        case .bytes: return false
        }
    }
}

internal import CSnug

/// The bits of borrowed bytes, numbered as Redis does: bit 0 is the highest of the first byte.
extension RawSpan {
    /// How many bits are set. 16 to 32 bytes a step.
    public var setBitCount: Int {
        guard byteCount > 0 else { return 0 }
        // SAFETY: the buffer is only read while the closure runs, for as many bytes as it has.
        return unsafe withUnsafeBytes { bytes in
            let start = unsafe bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
            return Int(unsafe snug_count_bits(start, bytes.count))
        }
    }

    /// The same without the processor's own instructions for it, so that tests can hold one against the other.
    package var setBitCountPortably: Int {
        guard byteCount > 0 else { return 0 }
        // SAFETY: as above.
        return unsafe withUnsafeBytes { bytes in
            let start = unsafe bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
            return Int(unsafe snug_count_bits_portably(start, bytes.count))
        }
    }

    /// How many of the bits from `first` through `last` are set; both must lie in the span, and `first` not behind
    /// `last`.
    public func setBitCount(from first: Int, through last: Int) -> Int {
        precondition(first >= 0 && first <= last && last >> 3 < byteCount, "bits outside the span")
        let (start, end) = (first >> 3, last >> 3)
        let whole = slice(from: start, count: end - start + 1).setBitCount
        let before = self[start] & ~(0xff >> UInt8(first & 7))
        let behind = self[end] & (0x7f >> UInt8(last & 7))
        return whole - before.nonzeroBitCount - behind.nonzeroBitCount
    }

    /// The first bit from `first` through `last` that is `value`, or nil; both must lie in the span, and `first` not
    /// behind `last`. 64 bytes a step.
    public func firstBit(_ value: Bool, from first: Int, through last: Int) -> Int? {
        precondition(first >= 0 && first <= last && last >> 3 < byteCount, "bits outside the span")
        // What a byte is in which there is nothing to find.
        let other: UInt8 = value ? 0 : 0xff
        var place = first >> 3
        var wanted = (self[place] ^ other) & 0xff >> UInt8(first & 7)
        if wanted == 0 {
            place = firstByte(otherThan: other, from: place + 1, before: (last >> 3) + 1)
            guard place <= last >> 3 else { return nil }
            wanted = self[place] ^ other
        }
        let bit = place << 3 + wanted.leadingZeroBitCount
        return bit <= last ? bit : nil
    }

    /// The place of the first byte that is not `byte` among those from `start` to before `end`, or `end`.
    private func firstByte(otherThan byte: UInt8, from start: Int, before end: Int) -> Int {
        guard start < end else { return end }
        precondition(start >= 0 && end <= byteCount, "bytes outside the span")
        // SAFETY: the buffer is only read while the closure runs, and only before `end`.
        return unsafe withUnsafeBytes { bytes in
            let base = unsafe bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
            return Int(unsafe snug_find_other_byte(base, start, end, byte))
        }
    }

    /// The bit at `offset`, which must be at least 0; false behind the end.
    public func bit(at offset: Int) -> Bool {
        offset >> 3 < byteCount && self[offset >> 3] & 0x80 >> UInt8(offset & 7) != 0
    }

    /// The `count` bits, 1 to 64, from `offset` on as a number, the first one highest; zeros behind the end.
    public func bits(at offset: Int, count: Int) -> UInt64 {
        var value: UInt64 = 0
        for piece in BitPieces(offset, count) {
            let byte = piece.index < byteCount ? self[piece.index] : 0
            value = value << UInt64(piece.count) | UInt64(byte >> piece.shift & piece.mask)
        }
        return value
    }
}

/// The bytes that a run of at most 64 bits lies in, with what of each belongs to it, from the first byte to the last.
public struct BitPieces: Sequence, IteratorProtocol {
    public struct Piece {
        /// Which byte.
        public let index: Int
        /// How many bits of it, 1 to 8.
        public let count: Int
        /// How far they are from the low end.
        public let shift: UInt8
        /// So many ones at the low end.
        public var mask: UInt8 { 0xff >> UInt8(8 - count) }
        /// How many bits of the run stand behind these.
        public let behind: Int
    }

    private var offset: Int
    private var left: Int

    /// The `count` bits from `offset` on.
    public init(_ offset: Int, _ count: Int) {
        self.offset = offset
        left = count
    }

    public mutating func next() -> Piece? {
        guard left > 0 else { return nil }
        let room = 8 - offset & 7
        let count = Swift.min(room, left)
        defer { offset += count }
        left -= count
        return Piece(index: offset >> 3, count: count, shift: UInt8(room - count), behind: left)
    }
}

internal import SnugMemory

/// Bitmaps: strings as rows of bits, bit 0 being the highest of the first byte. What lies behind a string's end is 0.
///
/// A bitmap has no form of its own. It is a string as long as its highest byte that was written; where that is a
/// megabyte or more behind what there was, the pages between take no memory until somebody writes to them
/// (`LongString.grow`).
extension Partition {
    /// The bit at `offset`, which must be at least 0. Throws `wrongType`.
    package mutating func bit(_ key: RawSpan, at offset: Int) throws(EngineError) -> Bool {
        guard let value = try string(key) else { return false }
        return value.withBytes { $0.bit(at: offset) }
    }

    /// Sets the bit at `offset`, which must lie below eight times the limit of a string's byte count, and returns what
    /// it was. The string is made, or filled up with zeros, when it does not reach so far. Throws `wrongType`.
    package mutating func setBit(
        _ key: RawSpan, at offset: Int, to value: Bool
    ) throws(EngineError) -> Bool {
        let location = try stringPlace(key)
        let (place, mask) = (offset >> 3, UInt8(0x80) >> UInt8(offset & 7))
        let former = location.isPresent ? location.cell.stringByteCount : 0
        let byte = location.isPresent && place < former ? byteOfString(location.cell, at: place) : 0
        let changed = value ? byte | mask : byte & ~mask
        if place < former, let (block, start) = writableBytes(location.cell) {
            block.store(changed, at: start + place)
        } else {
            let bytes: InlineArray<1, UInt8> = [changed]
            writeString(bytes.rawBytes, at: place, total: max(former, place + 1), location)
        }
        if place >= former || changed != byte { noteChange(of: key) }
        return byte & mask != 0
    }

    /// Calls `body` with the string under `key`, nothing when it is not there. Throws `wrongType`.
    package mutating func withBits<Result>(
        _ key: RawSpan, _ body: (RawSpan) -> Result
    ) throws(EngineError) -> Result? {
        guard let value = try string(key) else { return nil }
        return value.withBytes(body)
    }

    private func byteOfString(_ cell: Cell, at place: Int) -> UInt8 {
        cell.string(in: vocabulary, of: self).withBytes { $0[place] }
    }

    /// Where the bytes of a string lie that a command has changed before, so that they may be changed where they are;
    /// nil for other strings.
    private func writableBytes(_ cell: Cell) -> (block: Block, start: Int)? {
        switch cell.kind {
        case .rawBytes: return (cell.block, cell.offset)
        case .reference:
            let reference = cell.reference
            return reference.kind == .rawBytes ? (reference.block, LongString.headerByteCount) : nil
        default: return nil
        }
    }
}

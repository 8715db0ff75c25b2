internal import CSnug

/// What two runs of bits become together, bit by bit.
public enum BitCombination: Sendable {
    case and, or, xor
    /// What is set in the first alone.
    case firstOnly
    /// What is set in the second alone.
    case secondOnly

    fileprivate var operation: snug_bits_operation {
        switch self {
        case .and: SNUG_BITS_AND
        case .or: SNUG_BITS_OR
        case .xor: SNUG_BITS_XOR
        case .firstOnly: SNUG_BITS_AND_NOT
        case .secondOnly: SNUG_BITS_NOT_AND
        }
    }
}

/// Combining many bits at once. The bytes given must not be those of the place that is written. As fast as memory.
extension Block {
    /// Replaces the bytes from `offset` on by what they become with `bytes`, as many as those are.
    public func combine(_ combination: BitCombination, with bytes: RawSpan, at offset: Int) {
        assert(offset >= 0 && offset + bytes.byteCount <= allocatedByteCount)
        if bytes.byteCount == 0 { return }
        unsafe bytes.withUnsafeBytes { source in
            let from = unsafe source.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
            // SAFETY: the type's contract, and the span has `source.count` bytes.
            unsafe snug_combine_bits(combination.operation, place(offset), from, source.count)
        }
    }

    /// Writes what `first` and `second`, which have the same byte count, become together, from `offset` on.
    public func storeCombination(_ combination: BitCombination, of first: RawSpan, _ second: RawSpan, at offset: Int) {
        precondition(first.byteCount == second.byteCount, "bits of different counts")
        assert(offset >= 0 && offset + first.byteCount <= allocatedByteCount)
        if first.byteCount == 0 { return }
        unsafe first.withUnsafeBytes { one in
            unsafe second.withUnsafeBytes { other in
                let left = unsafe one.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
                let right = unsafe other.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
                // SAFETY: the type's contract, and both spans have `one.count` bytes.
                unsafe snug_combine_two(combination.operation, place(offset), left, right, one.count)
            }
        }
    }

    /// Writes the complement of `bytes` from `offset` on.
    public func storeComplement(of bytes: RawSpan, at offset: Int) {
        assert(offset >= 0 && offset + bytes.byteCount <= allocatedByteCount)
        if bytes.byteCount == 0 { return }
        unsafe bytes.withUnsafeBytes { source in
            let from = unsafe source.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
            // SAFETY: the type's contract, and the span has `source.count` bytes.
            unsafe snug_complement_bits(place(offset), from, source.count)
        }
    }

    /// Notes bits that are set in the bytes from `offset` on; those that were already are noted from the start of
    /// `twice` on, which is another block.
    public func noteBits(_ bytes: RawSpan, at offset: Int, twice: Block) {
        assert(offset >= 0 && offset + bytes.byteCount <= allocatedByteCount)
        assert(bytes.byteCount <= twice.allocatedByteCount)
        if bytes.byteCount == 0 { return }
        unsafe bytes.withUnsafeBytes { source in
            let from = unsafe source.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
            // SAFETY: the type's contract, and the span has `source.count` bytes.
            unsafe snug_note_bits(place(offset), twice.place(0), from, source.count)
        }
    }

    // SAFETY: an address of the block, by its contract.
    private func place(_ offset: Int) -> UnsafeMutablePointer<UInt8> {
        unsafe (address + offset).assumingMemoryBound(to: UInt8.self)
    }
}

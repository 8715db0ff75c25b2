internal import Glibc

/// LZF, the compression of long strings in RDB files (M. Lehmann, liblzf): bytes as they are, and repetitions of what
/// came before.
///
///     000nnnnn  n + 1 bytes                 the bytes as they are
///     lllooooo oooooooo                     l + 2 bytes (l from 1 to 6) from o + 1 bytes before the end on
///     111ooooo llllllll oooooooo            l + 9 bytes
///
/// A repetition may reach into itself. Three bytes stand for 264 at most, so that what a compressed string can claim
/// is bounded by what there is of it.
extension GrowableBytes {
    /// The most bytes that one compressed byte stands for.
    private static let expansionMax = 88

    /// Appends the `byteCount` bytes of which `compressed` was made. False, and nothing appended, when it was not made
    /// of so many. Allocates nothing for a claim that the compressed bytes cannot hold. Costs the bytes.
    public mutating func append(decompressing compressed: RawSpan, byteCount: Int) -> Bool {
        guard byteCount >= 0, byteCount / Self.expansionMax <= compressed.byteCount else { return false }
        let start = count
        reserve(byteCount)
        guard decompress(compressed, from: start, to: start + byteCount), count == start + byteCount else {
            truncate(to: start)
            return false
        }
        return true
    }

    /// Appends until the compressed bytes end; false when they are cut off, or would lead outside `start ..< end`.
    private mutating func decompress(_ compressed: RawSpan, from start: Int, to end: Int) -> Bool {
        var offset = 0
        while offset < compressed.byteCount {
            let control = Int(compressed[offset])
            offset += 1
            if control < 32 {
                let run = control + 1
                guard run <= compressed.byteCount - offset, run <= end - count else { return false }
                append(compressed.slice(from: offset, count: run))
                offset += run
                continue
            }
            var run = control >> 5 + 2
            if control >= 224 {
                guard offset < compressed.byteCount else { return false }
                run += Int(compressed[offset])
                offset += 1
            }
            guard offset < compressed.byteCount else { return false }
            let distance = (control & 31) << 8 + Int(compressed[offset]) + 1
            offset += 1
            guard distance <= count - start, run <= end - count else { return false }
            repeatBytes(from: distance, count: run)
        }
        return true
    }

    /// Appends `run` bytes that begin `distance` bytes before the end, at least one and at most `count`.
    private mutating func repeatBytes(from distance: Int, count run: Int) {
        precondition(distance > 0 && distance <= count && run >= 0, "a repetition of what is not there")
        reserve(run)
        guard let base = unsafe base else { return }
        if run <= distance {
            // SAFETY: the precondition keeps the source inside the bytes in use, `reserve` the place inside the room;
            // they do not overlap.
            _ = unsafe memcpy(base + used, base + used - distance, run)
        } else {
            for place in used..<used + run {
                // SAFETY: as above; each byte is written before it is read.
                let byte = unsafe base.load(fromByteOffset: place - distance, as: UInt8.self)
                unsafe base.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
            }
        }
        used += run
    }
}

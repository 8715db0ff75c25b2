internal import SnugMemory

/// The index of an intern table: open addressing with linear probing. A removal moves the places behind it up, so that
/// there are no tombstones and a table that shrinks finds as fast as one that has only grown.
extension InternTable {
    private static let indexCapacityMin = 16

    /// The hash bits by which the index places; the recurrence filter takes the others.
    @inline(__always)
    static func indexHash(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }

    @inline(__always)
    private func home(_ hash: UInt32) -> Int { Int(hash) & (indexCapacity &- 1) }

    func find(_ bytes: RawSpan, hash: UInt64) -> Int? {
        guard let index else { return nil }
        let wanted = Self.indexHash(hash)
        var place = home(wanted)
        while true {
            let word = index.load(UInt64.self, at: place &<< 3)
            if word == 0 { return nil }
            if UInt32(truncatingIfNeeded: word >> 32) == wanted {
                let number = Int(UInt32(truncatingIfNeeded: word)) &- 1
                if self.bytes(of: number).isEqual(to: bytes) { return number }
            }
            place = (place &+ 1) & (indexCapacity &- 1)
        }
    }

    /// Adds a number whose entry `count` includes already.
    mutating func insertIntoIndex(_ number: Int, hash: UInt32) {
        if count > indexCapacity - indexCapacity >> 2 {
            resizeIndex(to: max(Self.indexCapacityMin, indexCapacity << 1))
        }
        placeInIndex(UInt64(hash) << 32 | UInt64(number + 1))
    }

    /// Takes a number out whose entry `count` includes no longer.
    mutating func removeFromIndex(_ number: Int, hash: UInt32) {
        guard let index else { preconditionFailure("an entry without an index") }
        if count == 0 { return resizeIndex(to: 0) }
        let word = UInt64(hash) << 32 | UInt64(number + 1)
        var hole = home(hash)
        while index.load(UInt64.self, at: hole << 3) != word { hole = (hole + 1) & (indexCapacity - 1) }
        var place = hole
        while true {
            place = (place + 1) & (indexCapacity - 1)
            let moved = index.load(UInt64.self, at: place << 3)
            if moved == 0 { break }
            // What lies between the hole and its home may not move before its home.
            let distance = (place - home(UInt32(truncatingIfNeeded: moved >> 32))) & (indexCapacity - 1)
            if distance >= (place - hole) & (indexCapacity - 1) {
                index.store(moved, at: hole << 3)
                hole = place
            }
        }
        index.store(UInt64(0), at: hole << 3)
        if indexCapacity > Self.indexCapacityMin && count < indexCapacity >> 3 { resizeIndex(to: indexCapacity >> 1) }
    }

    private func placeInIndex(_ word: UInt64) {
        guard let index else { return }
        var place = home(UInt32(truncatingIfNeeded: word >> 32))
        while index.load(UInt64.self, at: place << 3) != 0 { place = (place + 1) & (indexCapacity - 1) }
        index.store(word, at: place << 3)
    }

    private mutating func resizeIndex(to capacity: Int) {
        let old = index
        let oldCapacity = indexCapacity
        index = capacity > 0 ? Block.allocate(byteCount: capacity << 3) : nil
        indexCapacity = capacity
        indexByteCount = index?.allocatedByteCount ?? 0
        index?.fill(0, at: 0, byteCount: capacity << 3)
        guard let old else { return }
        for place in 0..<oldCapacity where capacity > 0 {
            let word = old.load(UInt64.self, at: place << 3)
            if word != 0 { placeInIndex(word) }
        }
        old.free()
    }
}

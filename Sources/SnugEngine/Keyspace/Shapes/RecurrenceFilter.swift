internal import SnugMemory

/// Tells strings that recur from strings that do not, in fixed memory: a small cache of hashes with counters.
///
///     set      ┌──────────────────────┬───────────┬───┬───┬───┐   512 sets of 4 places, latest noted first;
///              │ fingerprint 24 bits  │ count 8   │ … │ … │ … │   0 where a place is empty
///              └──────────────────────┴───────────┴───┴───┴───┘
///
/// A hash that is noted again moves to the front of its set, one count up. A new one wears the last of its set down by
/// a count, and takes that place when nothing is left. So a string is found to recur when some four of its uses fall
/// among a thousand strings that do not, and strings that come in turns do not keep each other out, as they would with
/// one place for each hash.
///
/// Two strings that share set and fingerprint count as one; with a keyed hash nobody can choose them, and what comes of
/// it is one entry too many.
struct RecurrenceFilter: ~Copyable {
    /// How often a hash must be noted to be found recurring.
    static let countNeeded: UInt32 = 4
    private static let setCount = 512
    private static let placeCount = 4
    private static let byteCount = setCount * placeCount * 4

    private var places: Block?
    private(set) var allocatedByteCount = 0

    init() {}

    deinit {
        places?.free()
    }

    /// Notes `hash`, by its low 33 bits; true when it has been noted often enough, and then it is forgotten. Allocates
    /// the places when it is called for the first time.
    mutating func noteRecurs(_ hash: UInt64) -> Bool {
        let places = allocatedPlaces()
        let set = Int(truncatingIfNeeded: hash & UInt64(Self.setCount - 1)) &* (Self.placeCount &* 4)
        let fingerprint = UInt32(truncatingIfNeeded: hash >> 9) << 8
        var offset = set
        let last = set &+ (Self.placeCount &- 1) &* 4
        while true {
            let word = places.load(UInt32.self, at: offset)
            if word & 0xff == 0 || word & ~0xff == fingerprint || offset == last { break }
            offset &+= 4
        }
        let word = places.load(UInt32.self, at: offset)
        let noted = word & 0xff
        if noted != 0 && word & ~0xff != fingerprint {
            places.store(word &- 1, at: offset)
            if noted > 1 { return false }
        }
        let known = noted != 0 && word & ~0xff == fingerprint
        let recurs = known && noted &+ 1 >= Self.countNeeded
        if recurs {
            places.move(from: offset &+ 4, to: offset, byteCount: last &- offset)
            places.store(UInt32(0), at: last)
        } else {
            places.move(from: set, to: set &+ 4, byteCount: offset &- set)
            places.store(fingerprint | (known ? noted &+ 1 : 1), at: set)
        }
        return recurs
    }

    private mutating func allocatedPlaces() -> Block {
        if let places { return places }
        let block = Block.allocate(byteCount: Self.byteCount)
        block.fill(0, at: 0, byteCount: Self.byteCount)
        places = block
        allocatedByteCount = block.allocatedByteCount
        return block
    }
}

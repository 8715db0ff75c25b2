package import SnugMemory

/// Byte strings that recur, each kept once under a small number: the templates of keys, the field names of hashes.
///
///     slots    ┌─────────┬─────────┬───┬───────────────┐   a word for each number, 0 where the number is free,
///              │ entry 8 │ entry 8 │ … │ used, a bit   │   then one bit for each number
///              └────┬────┴─────────┴───┴───────────────┘
///                   ▼
///     entry    ┌─────────┬────────┬─────────────┬─────────┐
///              │ uses 8  │ hash 4 │ byteCount 4 │ bytes … │
///              └─────────┴────────┴─────────────┴─────────┘
///     index    open addressing by hash, a word `hash 4 │ number + 1` for each place, 0 where it is empty
///
/// Invariants:
/// - I1: an entry has at least one use; with the last one it is freed and its number is free again.
/// - I2: the lowest free number is given out first, and `numberLimit` is one above the highest in use.
/// - I3: the index holds each number in use once, and at least a quarter of its places are empty.
/// - I4: a table without entries has neither slots nor index.
///
/// A string earns its entry by recurring (see `RecurrenceFilter`), so strings that never repeat neither grow the table
/// nor displace anything. At `countMax` entries nothing is admitted until one is given back.
///
/// A lookup costs a hash, about one place of the index, and one comparison of bytes.
package struct InternTable: ~Copyable {
    static let entryHeaderByteCount = 16

    let hasher: KeyedHash
    private let countMax: Int
    private let byteCountMax: Int
    private(set) var filter = RecurrenceFilter()
    private(set) var slots: Block?
    /// How many numbers the slots have room for: 0, or 64 times a power of two.
    private var slotCapacity = 0
    private var slotByteCount = 0
    private var entryByteCount = 0
    /// No number below 64 times this is free.
    private var lowestFreeWord = 0
    var index: Block?
    /// How many places the index has: 0, or a power of two.
    var indexCapacity = 0
    var indexByteCount = 0
    package private(set) var count = 0
    /// All numbers in use are below this.
    package private(set) var numberLimit = 0

    /// An empty table, which has allocated nothing. At most `countMax` strings are interned at a time, and none longer
    /// than `byteCountMax`.
    package init(hasher: KeyedHash, countMax: Int, byteCountMax: Int) {
        precondition(countMax < 1 << 31 && byteCountMax < 1 << 31, "an intern table beyond its fields")
        self.hasher = hasher
        self.countMax = countMax
        self.byteCountMax = byteCountMax
    }

    deinit {
        for number in 0..<numberLimit where isUsed(number) { entry(number).free() }
        slots?.free()
        index?.free()
    }

    /// Bytes that the allocator set aside for all of it.
    package var allocatedByteCount: Int {
        entryByteCount + slotByteCount + indexByteCount + filter.allocatedByteCount
    }

    // MARK: Reading

    @inline(__always)
    func entry(_ number: Int) -> Block {
        assert(isUsed(number))
        guard let slots, let entry = Block(bits: slots.load(UInt64.self, at: number &<< 3)) else {
            preconditionFailure("a number that is not in use")
        }
        return entry
    }

    /// The bytes that `number`, which must be in use, stands for.
    @_lifetime(borrow self)
    package func bytes(of number: Int) -> RawSpan {
        let entry = entry(number)
        return entry.bytes(at: Self.entryHeaderByteCount, count: Int(entry.load(UInt32.self, at: 12)), of: self)
    }

    package func useCount(of number: Int) -> Int {
        Int(entry(number).load(UInt64.self, at: 0))
    }

    package func isUsed(_ number: Int) -> Bool {
        guard let slots, number >= 0 && number < slotCapacity else { return false }
        return slots.load(UInt64.self, at: number << 3) != 0
    }

    /// The number of `bytes` if they are interned.
    package func number(of bytes: RawSpan) -> Int? {
        if count == 0 || bytes.byteCount > byteCountMax { return nil }
        return find(bytes, hash: hasher.hash(bytes))
    }

    // MARK: Uses

    /// Notes one more use. Gives the number, which then has one use more, if the bytes are interned or have now
    /// recurred often enough to be; else nil, and the use is not counted.
    package mutating func use(_ bytes: RawSpan) -> Int? {
        if bytes.byteCount > byteCountMax { return nil }
        let hash = hasher.hash(bytes)
        if count > 0, let number = find(bytes, hash: hash) {
            retain(number)
            return number
        }
        guard count < countMax && filter.noteRecurs(hash) else { return nil }
        return admit(bytes, hash: hash)
    }

    /// One use more of a number in use.
    package mutating func retain(_ number: Int) {
        let entry = entry(number)
        entry.store(entry.load(UInt64.self, at: 0) &+ 1, at: 0)
    }

    /// One use less of a number in use. With the last one its entry is freed.
    package mutating func release(_ number: Int) {
        let entry = entry(number)
        let uses = entry.load(UInt64.self, at: 0)
        if uses > 1 {
            entry.store(uses &- 1, at: 0)
        } else {
            remove(number)
        }
    }

    private mutating func admit(_ bytes: RawSpan, hash: UInt64) -> Int {
        let number = takeLowestFreeNumber()
        let entry = Block.allocate(byteCount: Self.entryHeaderByteCount + bytes.byteCount)
        entry.store(UInt64(1), at: 0)
        entry.store(Self.indexHash(hash), at: 8)
        entry.store(UInt32(truncatingIfNeeded: bytes.byteCount), at: 12)
        entry.store(bytes, at: Self.entryHeaderByteCount)
        entryByteCount += entry.allocatedByteCount
        slots?.store(entry.bits, at: number << 3)
        numberLimit = max(numberLimit, number + 1)
        count += 1
        insertIntoIndex(number, hash: Self.indexHash(hash))
        return number
    }

    private mutating func remove(_ number: Int) {
        let entry = entry(number)
        count -= 1
        removeFromIndex(number, hash: entry.load(UInt32.self, at: 8))
        entryByteCount -= entry.allocatedByteCount
        entry.free()
        giveBackNumber(number)
    }

    // MARK: Numbers

    private func usedWord(_ word: Int) -> UInt64 {
        slots?.load(UInt64.self, at: (slotCapacity + word) << 3) ?? 0
    }

    private func setUsedWord(_ word: Int, _ bits: UInt64) {
        slots?.store(bits, at: (slotCapacity + word) << 3)
    }

    /// At most a step for each 64 numbers in use.
    private mutating func takeLowestFreeNumber() -> Int {
        let wordCount = slotCapacity >> 6
        while lowestFreeWord < wordCount && usedWord(lowestFreeWord) == .max { lowestFreeWord += 1 }
        if lowestFreeWord == wordCount { resizeSlots(to: max(64, slotCapacity << 1)) }
        let used = usedWord(lowestFreeWord)
        setUsedWord(lowestFreeWord, used | (used &+ 1))
        return lowestFreeWord << 6 + (~used).trailingZeroBitCount
    }

    private mutating func giveBackNumber(_ number: Int) {
        let word = number >> 6
        slots?.store(UInt64(0), at: number << 3)
        setUsedWord(word, usedWord(word) & ~(1 << UInt64(number & 63)))
        lowestFreeWord = min(lowestFreeWord, word)
        guard number + 1 == numberLimit else { return }
        var last = word
        while last >= 0 && usedWord(last) == 0 { last -= 1 }
        numberLimit = last < 0 ? 0 : last << 6 + 64 - usedWord(last).leadingZeroBitCount
        if numberLimit == 0 {
            resizeSlots(to: 0)
        } else if slotCapacity > 64 && numberLimit <= slotCapacity >> 2 {
            resizeSlots(to: slotCapacity >> 1)
        }
    }

    /// Moves the slots to a block with room for `capacity` numbers, which is above all that are in use.
    private mutating func resizeSlots(to capacity: Int) {
        var resized: Block?
        if capacity > 0 {
            let block = Block.allocate(byteCount: capacity << 3 + capacity >> 3)
            block.fill(0, at: 0, byteCount: capacity << 3 + capacity >> 3)
            if let slots {
                let kept = min(capacity, slotCapacity)
                block.store(slots.bytes(at: 0, count: kept << 3, of: self), at: 0)
                block.store(slots.bytes(at: slotCapacity << 3, count: kept >> 3, of: self), at: capacity << 3)
            }
            resized = block
        }
        slots?.free()
        slots = resized
        slotCapacity = capacity
        slotByteCount = resized?.allocatedByteCount ?? 0
        lowestFreeWord = min(lowestFreeWord, capacity >> 6)
    }
}

internal import SnugMemory

/// Words in an order, in one block: the consumer groups of a stream, the consumers of a group.
///
/// Cost: eight bytes a word and a quarter in reserve; a change moves the words behind it.
struct WordList: ~Copyable {
    private var block: Block?
    private(set) var count = 0
    private(set) var allocatedByteCount = 0

    deinit { block?.free() }

    subscript(index: Int) -> UInt64 {
        get {
            precondition(index >= 0 && index < count, "a word that is not there")
            return block?.load(UInt64.self, at: index * 8) ?? 0
        }
        set {
            precondition(index >= 0 && index < count, "a word that is not there")
            block?.store(newValue, at: index * 8)
        }
    }

    /// Puts a word at `index`, which is at most the count.
    mutating func insert(_ word: UInt64, at index: Int) {
        precondition(index >= 0 && index <= count, "a place behind the end")
        if (count + 1) * 8 > allocatedByteCount { resize(to: count + 1 + count / 4) }
        block?.move(from: index * 8, to: index * 8 + 8, byteCount: (count - index) * 8)
        block?.store(word, at: index * 8)
        count += 1
    }

    mutating func remove(at index: Int) {
        precondition(index >= 0 && index < count, "a word that is not there")
        block?.move(from: index * 8 + 8, to: index * 8, byteCount: (count - index - 1) * 8)
        count -= 1
        if count == 0 {
            block?.free()
            block = nil
            allocatedByteCount = 0
        } else if allocatedByteCount > 64 && count * 8 < allocatedByteCount / 2 {
            resize(to: count + count / 4)
        }
    }

    private mutating func resize(to capacity: Int) {
        let resized = block?.resized(to: capacity * 8) ?? .allocate(byteCount: capacity * 8)
        allocatedByteCount = resized.allocatedByteCount
        block = resized
    }

    /// The first index whose word stands for a name that is not before the one sought, and whether it is that. `order`
    /// says how the name of a word compares with it: below, at or above 0.
    func find(_ order: (UInt64) -> Int) -> (index: Int, isThere: Bool) {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            let found = order(self[middle])
            if found == 0 { return (middle, true) }
            if found < 0 { low = middle + 1 } else { high = middle }
        }
        return (low, false)
    }
}

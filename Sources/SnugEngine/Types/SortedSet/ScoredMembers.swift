internal import SnugMemory

/// Members with scores that a command has gathered, to answer with or to store: the bytes of all in one buffer, and
/// three words for each. A member that was put in by `merge` is found by its hash; `sort` gives all the order of a
/// sorted set.
package struct ScoredMembers: ~Copyable {
    private struct Entry: BitwiseCopyable {
        var score: Double
        let start: Int
        let byteCount: Int
    }

    private var text = GrowableBytes()
    private var entries: [Entry] = []
    /// Numbers of entries by the hash of their members, -1 where there is none; a power of two, more than half free.
    /// None before the first `merge`.
    private var slots: [Int] = []
    private let hasher: KeyedHash

    init(hasher: KeyedHash) { self.hasher = hasher }

    package var count: Int { entries.count }

    /// Bytes of all members together.
    var byteCount: Int { text.count }

    /// Bytes of the longest member, 0 without members. A walk.
    var longestByteCount: Int { entries.reduce(0) { max($0, $1.byteCount) } }

    @_lifetime(borrow self)
    private func member(_ entry: Entry) -> RawSpan { text.bytes.slice(from: entry.start, count: entry.byteCount) }

    /// Adds a member that is not there yet. The score must be a number. Amortised constant time.
    package mutating func append(_ member: RawSpan, _ score: Double) {
        entries.append(Entry(score: score, start: text.count, byteCount: member.byteCount))
        text.append(member)
    }

    /// Adds a member, or gives it the score that `combine` makes of its own and this one. Expected constant time. Not
    /// to be mixed with `append`.
    mutating func merge(_ member: RawSpan, _ score: Double, _ combine: (Double, Double) -> Double) {
        if entries.count * 2 >= slots.count { grow() }
        let slot = slot(of: member)
        let index = slots[slot]
        if index >= 0 {
            entries[index].score = combine(entries[index].score, score)
            return
        }
        slots[slot] = entries.count
        append(member, score)
    }

    /// Whether `merge` has put this member in. Expected constant time.
    func contains(_ member: RawSpan) -> Bool { !slots.isEmpty && slots[slot(of: member)] >= 0 }

    /// Where a member's number is, or would go.
    private func slot(of member: RawSpan) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hasher.hash(member)) & mask
        while slots[slot] >= 0, !self.member(entries[slots[slot]]).isEqual(to: member) { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        slots = [Int](repeating: -1, count: max(16, slots.count * 2))
        for index in entries.indices {
            let slot = slot(of: member(entries[index]))
            slots[slot] = index
        }
    }

    /// Puts the members in the order of a sorted set: by score, and by their bytes where scores are equal. One walk
    /// when they are in that order. They are no longer found by `merge` afterwards.
    mutating func sort() {
        slots = []
        var sorted = entries
        entries = []
        var isInOrder = true
        for index in sorted.indices.dropFirst() where isInOrder {
            isInOrder = stands(sorted[index - 1], before: sorted[index])
        }
        if !isInOrder { sorted.sort { stands($0, before: $1) } }
        entries = sorted
    }

    private func stands(_ left: Entry, before right: Entry) -> Bool {
        if left.score != right.score { return left.score < right.score }
        return member(left).order(comparedTo: member(right)) < 0
    }

    /// Calls `body` with each member and its score, in their order.
    package func forEach(_ body: (RawSpan, Double) -> Void) {
        for entry in entries { body(member(entry), entry.score) }
    }
}

import SnugMemory
import Testing

@testable import SnugEngine

/// An entry of a sorted set, in its order.
struct ModelEntry: Comparable, Hashable {
    var score: Double
    var member: [UInt8]

    static func < (left: ModelEntry, right: ModelEntry) -> Bool {
        left.score != right.score ? left.score < right.score : left.member.lexicographicallyPrecedes(right.member)
    }
}

/// An ordered index beside a sorted array.
struct OrderedIndexModel: ~Copyable {
    let scratch = Box(OrderedScratch())
    var index: OrderedIndex
    var entries: [ModelEntry] = []

    init(_ limits: OrderedIndex.Limits) {
        index = OrderedIndex(scratch: scratch, limits: limits)
    }

    deinit { scratch.destroy() }

    private func place(of entry: ModelEntry) -> (place: Int, isPresent: Bool) {
        let place = entries.partitioningIndex { !($0 < entry) }
        return (place, place < entries.count && entries[place] == entry)
    }

    /// Adds an entry, or does nothing when it is there.
    mutating func insert(_ entry: ModelEntry) {
        let (place, isPresent) = place(of: entry)
        #expect(index.rank(of: entry.member.rawBytes, score: entry.score) == (isPresent ? place : nil))
        guard !isPresent else { return }
        index.insert(entry.member.rawBytes, score: entry.score)
        entries.insert(entry, at: place)
    }

    mutating func remove(_ entry: ModelEntry) {
        let (place, isPresent) = place(of: entry)
        #expect(index.remove(entry.member.rawBytes, score: entry.score) == isPresent)
        if isPresent { entries.remove(at: place) }
    }

    mutating func remove(ranks: Range<Int>) {
        index.remove(ranks: ranks)
        entries.removeSubrange(ranks)
    }

    func read(_ ranks: Range<Int>, reversed: Bool) -> [ModelEntry] {
        var found: [ModelEntry] = []
        index.forEach(ranks: ranks, reversed: reversed) { member, score in
            found.append(ModelEntry(score: score, member: member.makeArray()))
        }
        return found
    }

    /// Everything that can be read, and what the leaves and branches hold.
    func check(_ random: inout RandomSource) {
        #expect(index.count == entries.count)
        #expect(read(0..<entries.count, reversed: false) == entries)
        #expect(read(0..<entries.count, reversed: true) == entries.reversed())
        let (first, second) = (
            Int(random.next(below: UInt64(entries.count + 1))), Int(random.next(below: UInt64(entries.count + 1)))
        )
        let range = min(first, second)..<max(first, second)
        #expect(read(range, reversed: false) == Array(entries[range]))
        #expect(read(range, reversed: true) == entries[range].reversed())
        for (rank, entry) in entries.enumerated() {
            #expect(index.rank(of: entry.member.rawBytes, score: entry.score) == rank)
        }
        checkBytes()
    }

    /// The bounds at a score and at an entry, which need not be there.
    func checkBounds(_ entry: ModelEntry) {
        let member = entry.member.rawBytes
        for inclusive in [false, true] {
            let byScore = OrderedBound(score: entry.score, inclusive: inclusive)
            #expect(
                index.rank(of: byScore)
                    == entries.partitioningIndex { $0.score > entry.score || !inclusive && $0.score == entry.score })
            let byEntry = OrderedBound(score: entry.score, member: member, inclusive: inclusive)
            #expect(
                index.rank(of: byEntry)
                    == entries.partitioningIndex { $0 > entry || !inclusive && $0 == entry })
        }
    }

    /// The bounds at a member; all scores must be equal.
    func checkBounds(ofMember member: [UInt8]) {
        for inclusive in [false, true] {
            let bound = OrderedBound(member: member.rawBytes, inclusive: inclusive)
            let expected = entries.partitioningIndex {
                member.lexicographicallyPrecedes($0.member) || !inclusive && $0.member == member
            }
            #expect(index.rank(of: bound) == expected)
        }
    }

    private func checkBytes() {
        let audit = CountedTreeAudit(index.tree)
        var leafByteCount = 0
        for child in audit.leaves {
            let leaf = OrderedLeaf(bits: child.word)
            let head = leaf.head
            #expect(leaf.count == child.count && leaf.count > 0)
            #expect(audit.leaves.count == 1 || leaf.firstWord == child.key)
            #expect(leaf.suffixOffset(leaf.count, head) == leaf.byteCount)
            let held = leaf.block.allocatedByteCount
            #expect(held >= leaf.byteCount && held >= head.suffixesOffset + OrderedLeaf.margin)
            leafByteCount += held
        }
        #expect(index.allocatedByteCount == leafByteCount + audit.allocatedByteCount)
    }
}

extension Array {
    /// The first place whose element, like all behind it, meets the condition.
    func partitioningIndex(_ condition: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

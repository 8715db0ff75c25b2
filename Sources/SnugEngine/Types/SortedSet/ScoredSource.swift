internal import SnugMemory

/// What a command on several sorted sets takes members from: a sorted set, or a set, all of whose members have the
/// score 1. Valid until a map of the partition changes.
struct ScoredSource: BitwiseCopyable {
    enum Form: BitwiseCopyable {
        case set(SetSource)
        /// A copy of its own, which the owner of the source frees.
        case leaf(OrderedLeaf)
        case table(Box<SortedSetTable>)
    }

    let form: Form
    private let scratch: Box<OrderedScratch>

    /// The cell must be that of a set or of a sorted set.
    init(_ cell: Cell, _ scratch: Box<OrderedScratch>) {
        self.scratch = scratch
        if cell.valueType == .set {
            form = .set(SetSource(cell))
        } else if cell.kind == .reference && cell.reference.kind == .sortedSetTable {
            form = .table(cell.reference.sortedSetTable)
        } else {
            form = .leaf(OrderedLeaf(copying: cell.compactBytes(of: cell.block).extracting(droppingFirst: 1)))
        }
    }

    /// How many members there are, at least one. Constant time but for a set that is a listpack, which is walked.
    var count: Int {
        switch form {
        case .set(let set): set.count
        case .leaf(let leaf): leaf.count
        case .table(let table): table.value.count
        }
    }

    /// The score of a member, or nil. Constant time in a table, a walk of at most some kilobytes otherwise.
    func score(of member: RawSpan) -> Double? {
        switch form {
        case .set(let set): set.contains(member) ? 1 : nil
        case .leaf(let leaf): leaf.index(ofMember: member).map { leaf.score(at: $0) }
        case .table(let table): table.value.score(of: member)
        }
    }

    /// Whether `score` takes constant time.
    var isTable: Bool {
        switch form {
        case .set(let set): set.isHashTable
        case .leaf: false
        case .table: true
        }
    }

    /// Calls `body` with the members and their scores until it returns false: those of a sorted set in its order. The
    /// member's bytes are good until `body` returns.
    func forEachUntil(_ body: (RawSpan, Double) -> Bool) {
        switch form {
        case .set(let set): set.forEachUntil { member in member.withBytes { body($0, 1) } }
        case .leaf(let leaf):
            try? leaf.forEach(0..<leaf.count, reversed: false, scratch) { member, score throws(Enough) in
                if !body(member, score) { throw Enough() }
            }
        case .table(let table):
            try? table.value.index.forEach(ranks: 0..<table.value.count) { member, score throws(Enough) in
                if !body(member, score) { throw Enough() }
            }
        }
    }

    /// As above, to the end.
    func forEach(_ body: (RawSpan, Double) -> Void) {
        forEachUntil { member, score in
            body(member, score)
            return true
        }
    }

    /// Ends a walk.
    private struct Enough: Error {}
}

/// The sources of one command, in the order of its keys.
package struct ScoredSources: ~Copyable {
    /// Nil stands for a key that is not there.
    private(set) var all: [ScoredSource?] = []

    package init() {}

    deinit {
        for case let source? in all {
            if case .leaf(let leaf) = source.form { leaf.block.free() }
        }
    }

    mutating func append(_ source: ScoredSource?) { all.append(source) }

    /// The sources that are there with the weight of each, the smallest first; equal ones stay in their order.
    func bySize(_ weights: [Double]) -> [(source: ScoredSource, weight: Double)] {
        var found: [(count: Int, index: Int, source: ScoredSource)] = []
        for (index, source) in all.enumerated() {
            if let source { found.append((source.count, index, source)) }
        }
        found.sort { ($0.count, $0.index) < ($1.count, $1.index) }
        return found.map { ($0.source, weights.isEmpty ? 1 : weights[$0.index]) }
    }

    /// Whether every key is there.
    var isWhole: Bool { all.allSatisfy { $0 != nil } }
}

/// What becomes of the scores that a member has in several sources.
package enum ScoreAggregate: Sendable {
    case sum, least, greatest

    /// The score so far and a further one; infinities that cancel out give 0.
    func combine(_ score: Double, _ other: Double) -> Double {
        switch self {
        case .sum:
            let sum = score + other
            return sum.isNaN ? 0 : sum
        case .least: return other < score ? other : score
        case .greatest: return other > score ? other : score
        }
    }
}

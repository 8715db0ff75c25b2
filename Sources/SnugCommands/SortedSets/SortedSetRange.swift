internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// A part of a sorted set, as two words of a command give it. Read before the set is looked up, so that Redis's
/// complaints come in Redis's order; `ranks` finds it in the set.
enum SortedSetRange {
    case ranks(first: Int64, last: Int64)
    case scores(from: ScoreEnd, to: ScoreEnd)
    /// Indexes of words.
    case members(from: Int, to: Int)

    enum Kind { case ranks, scores, members }

    struct ScoreEnd {
        let score: Double
        let isExclusive: Bool
    }

    /// The range between the words of these indexes.
    init(_ kind: Kind, _ arguments: borrowing Arguments, from: Int, to: Int) throws(CommandError) {
        switch kind {
        case .ranks: self = .ranks(first: try arguments[from].integer(), last: try arguments[to].integer())
        case .scores:
            guard let low = ScoreEnd(arguments[from]), let high = ScoreEnd(arguments[to]) else { throw .rangeNotFloat }
            self = .scores(from: low, to: high)
        case .members:
            guard arguments[from].isMemberEnd && arguments[to].isMemberEnd else { throw .rangeNotStrings }
            self = .members(from: from, to: to)
        }
    }

    /// The ranks of the members in the range, from the lowest score on; ranks that the words give count from the
    /// highest on when `reversed`. Logarithmic time.
    func ranks(in set: borrowing OpenSortedSet, _ arguments: borrowing Arguments, reversed: Bool = false) -> Range<Int>
    {
        let count = set.count
        let (low, high): (Int, Int)
        switch self {
        case .ranks(let first, let last):
            let range = elementRange(from: first, through: last, of: count)
            return reversed ? count - range.upperBound..<count - range.lowerBound : range
        case .scores(let from, let to):
            low = set.rank(of: OrderedBound(score: from.score, inclusive: from.isExclusive))
            high = set.rank(of: OrderedBound(score: to.score, inclusive: !to.isExclusive))
        case .members(let from, let to):
            low = rank(ofEnd: arguments[from], isLow: true, set)
            high = rank(ofEnd: arguments[to], isLow: false, set)
        }
        return low < high ? low..<high : low..<low
    }

    /// How many members stand before an end: `-`, `+`, `[member` or `(member`.
    private func rank(ofEnd word: RawSpan, isLow: Bool, _ set: borrowing OpenSortedSet) -> Int {
        let first = word[0]
        if first == UInt8(ascii: "-") { return 0 }
        if first == UInt8(ascii: "+") { return set.count }
        let isExclusive = first == UInt8(ascii: "(")
        return set.rank(
            of: OrderedBound(member: word.extracting(droppingFirst: 1), inclusive: isExclusive == isLow))
    }
}

extension SortedSetRange.ScoreEnd {
    fileprivate init?(_ word: RawSpan) {
        let isExclusive = word.byteCount > 0 && word[0] == UInt8(ascii: "(")
        guard let score = word.extracting(droppingFirst: isExclusive ? 1 : 0).rangeEnd else { return nil }
        self.init(score: score, isExclusive: isExclusive)
    }
}

extension RawSpan {
    fileprivate var isMemberEnd: Bool {
        guard byteCount > 0 else { return false }
        switch self[0] {
        case UInt8(ascii: "-"), UInt8(ascii: "+"): return byteCount == 1
        case UInt8(ascii: "("), UInt8(ascii: "["): return true
        default: return false
        }
    }
}

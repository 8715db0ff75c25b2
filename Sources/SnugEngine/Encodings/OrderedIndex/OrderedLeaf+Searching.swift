internal import SnugMemory

/// A place between two entries of an `OrderedIndex`: which entries stand before it.
///
/// - with a score and a member: those that are below this entry, or are it
/// - with a score: those whose score is below it, or is it
/// - with a member: those whose member is below it, or is it; this has a meaning where all scores are equal
///
/// "Or are it" when the bound is inclusive.
package struct OrderedBound: ~Escapable {
    let word: UInt64
    let hasWord: Bool
    let member: RawSpan
    let hasMember: Bool
    let isInclusive: Bool

    /// Before the entry of this score and member, or behind it.
    @_lifetime(copy member)
    package init(score: Double, member: RawSpan, inclusive: Bool) {
        word = ScoreWord.make(score)
        self.member = member
        isInclusive = inclusive
        (hasWord, hasMember) = (true, true)
    }

    /// Before all entries of this score, or behind them.
    @_lifetime(immortal)
    package init(score: Double, inclusive: Bool) {
        word = ScoreWord.make(score)
        member = RawSpan()
        isInclusive = inclusive
        (hasWord, hasMember) = (true, false)
    }

    /// Before this member, or behind it, among entries whose scores are equal.
    @_lifetime(copy member)
    package init(member: RawSpan, inclusive: Bool) {
        word = 0
        self.member = member
        isInclusive = inclusive
        (hasWord, hasMember) = (false, true)
    }
}

extension OrderedLeaf {
    /// How many of the leaf's entries stand before `bound`. Some ten steps on the scores, and as many on the members
    /// whose scores are equal.
    func count(before bound: borrowing OrderedBound) -> Int {
        let head = head
        var range = 0..<head.count
        if bound.hasWord {
            if !bound.hasMember { return firstEntry(from: bound.word, above: bound.isInclusive, head) }
            let first = firstEntry(from: bound.word, above: false, head)
            guard first < head.count, word(at: first, head) == bound.word else { return first }
            range = first..<firstEntry(from: bound.word, above: true, head)
        }
        return firstMember(in: range, bound.member, above: bound.isInclusive, head)
    }

    /// Whether the leaf's first entry, whose score is that of the bound if the bound has one, stands before it.
    func firstStands(before bound: borrowing OrderedBound) -> Bool {
        firstMember(in: 0..<1, bound.member, above: bound.isInclusive, head) == 1
    }

    /// The number of the entry with this score and member, or nil.
    func index(of word: UInt64, _ member: RawSpan) -> Int? {
        let head = head
        let first = firstEntry(from: word, above: false, head)
        guard first < head.count, self.word(at: first, head) == word else { return nil }
        let end = firstEntry(from: word, above: true, head)
        let index = firstMember(in: first..<end, member, above: false, head)
        guard index < end, firstMember(in: index..<index + 1, member, above: true, head) > index else { return nil }
        return index
    }

    /// The first entry whose score's word is at least `word`, or above it.
    @inline(__always)
    private func firstEntry(from word: UInt64, above: Bool, _ head: Head) -> Int {
        guard word >= head.base else { return 0 }
        // Numbers below `limit` are those of the entries before.
        let distance = word &- head.base
        var limit = distance &>> head.shift
        if above || limit &<< head.shift != distance {
            limit &+= 1
            if limit == 0 { return head.count }
        }
        var (low, high) = (0, head.count)
        while low < high {
            let middle = (low &+ high) &>> 1
            let offset = head.scoresOffset &+ middle &* head.width
            if block.loadInteger(at: offset, byteCount: head.width) < limit {
                low = middle &+ 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// The first entry of `range` whose member is at least `member`, or above it; the range's end when there is none.
    private func firstMember(in range: Range<Int>, _ member: RawSpan, above: Bool, _ head: Head) -> Int {
        let prefix = prefix(head, of: self)
        let common = min(prefix.byteCount, member.byteCount)
        let order = prefix.order(comparedTo: member.slice(from: 0, count: common))
        // A member that ends within the prefix or differs there stands before all or behind all.
        if order != 0 { return order > 0 ? range.lowerBound : range.upperBound }
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low &+ high) &>> 1
            let order = suffixOrder(middle, member, head)
            if order < 0 || above && order == 0 {
                low = middle &+ 1
            } else {
                high = middle
            }
        }
        return low
    }

    private func suffixOrder(_ index: Int, _ member: RawSpan, _ head: Head) -> Int {
        let (offset, count) = (suffixOffset(index, head), suffixByteCount(index, head))
        switch head.form {
        case .bytes:
            let suffix = block.bytes(at: offset, count: count, of: self)
            return suffix.order(comparedTo: member.extracting(droppingFirst: head.prefixByteCount))
        case .digits:
            return DigitText.order(block, at: offset, byteCount: count, member, from: head.prefixByteCount)
        }
    }
}

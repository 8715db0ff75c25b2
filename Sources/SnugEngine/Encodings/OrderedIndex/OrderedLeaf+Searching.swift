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
        guard bound.hasWord else {
            return firstMember(in: 0..<head.count, bound.member, above: bound.isInclusive, head)
        }
        if !bound.hasMember { return firstEntry(from: bound.word, above: bound.isInclusive, head) }
        let first = firstEntry(from: bound.word, above: false, head)
        let end = endOfScore(bound.word, from: first, head)
        return first == end ? first : firstMember(in: first..<end, bound.member, above: bound.isInclusive, head)
    }

    /// Whether the leaf's first entry, whose score is that of the bound if the bound has one, stands before it.
    func firstStands(before bound: borrowing OrderedBound) -> Bool {
        firstMember(in: 0..<1, bound.member, above: bound.isInclusive, head) == 1
    }

    /// The number of the entry with this score and member, or nil.
    func index(of word: UInt64, _ member: RawSpan) -> Int? {
        let head = head
        let first = firstEntry(from: word, above: false, head)
        let end = endOfScore(word, from: first, head)
        let index = firstMember(in: first..<end, member, above: false, head)
        guard index < end, isMember(member, at: index, head) else { return nil }
        return index
    }

    /// The end of the entries with this score that begin at `first`. Few scores are shared by many.
    @inline(__always)
    private func endOfScore(_ word: UInt64, from first: Int, _ head: Head) -> Int {
        var end = first
        while end < head.count && self.word(at: end, head) == word {
            end &+= 1
            if end &- first == 8 { return firstEntry(from: word, above: true, head) }
        }
        return end
    }

    /// Whether entry `index` is this member's.
    private func isMember(_ member: RawSpan, at index: Int, _ head: Head) -> Bool {
        guard member.byteCount >= head.prefixByteCount,
            member.slice(from: 0, count: head.prefixByteCount).isEqual(to: prefix(head, of: self))
        else { return false }
        return suffixOrder(index, member, DigitText.word(of: member, from: head.prefixByteCount), head) == 0
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
        switch head.width {
        case 0: return limit == 0 ? 0 : head.count
        case 1: return limit > 0xff ? head.count : firstNumber(from: UInt8(limit), head)
        case 2: return limit > 0xffff ? head.count : firstNumber(from: UInt16(limit), head)
        case 4: return limit > 0xffff_ffff ? head.count : firstNumber(from: UInt32(limit), head)
        default: return firstWideNumber(from: limit, head)
        }
    }

    /// The first number of the column that is at least `limit`. The halving takes no branch on what it finds.
    @inline(__always)
    private func firstNumber<Number: FixedWidthInteger & BitwiseCopyable>(from limit: Number, _ head: Head) -> Int {
        let column = head.scoresOffset
        var (first, count) = (0, head.count)
        while count > 1 {
            let half = count &>> 1
            let found = block.load(Number.self, at: column &+ (first &+ half &- 1) &* MemoryLayout<Number>.size)
            first = found < limit ? first &+ half : first
            count &-= half
        }
        return first &+ (block.load(Number.self, at: column &+ first &* MemoryLayout<Number>.size) < limit ? 1 : 0)
    }

    private func firstWideNumber(from limit: UInt64, _ head: Head) -> Int {
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
        let digits = head.form == .digits ? DigitText.word(of: member, from: head.prefixByteCount) : nil
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low &+ high) &>> 1
            let order = suffixOrder(middle, member, digits, head)
            if order < 0 || above && order == 0 {
                low = middle &+ 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// The order of a suffix and what `member` has behind the prefix, which is `digits` if it can be (`DigitText`).
    @inline(__always)
    private func suffixOrder(_ index: Int, _ member: RawSpan, _ digits: UInt64?, _ head: Head) -> Int {
        let (offset, count) = (suffixOffset(index, head), suffixByteCount(index, head))
        switch head.form {
        case .bytes:
            let suffix = block.bytes(at: offset, count: count, of: self)
            return suffix.order(comparedTo: member.extracting(droppingFirst: head.prefixByteCount))
        case .digits:
            guard let digits, count <= 8 else {
                return DigitText.order(block, at: offset, byteCount: count, member, from: head.prefixByteCount)
            }
            let found = DigitText.word(block, at: offset, byteCount: count)
            return found < digits ? -1 : found > digits ? 1 : 0
        }
    }
}

internal import SnugMemory

/// Entries taken out of leaves, to be laid out anew: what happens when a leaf is full, when an entry does not fit its
/// columns, or when two leaves become one. One is enough for all indexes of a thread.
package struct OrderedScratch: ~Copyable {
    /// Words of the scores, eight bytes each.
    private var words = GrowableBytes()
    /// Where each member ends in `text`, eight bytes each.
    private var ends = GrowableBytes()
    private var text = GrowableBytes()
    /// A member that is written out for somebody else.
    var member = GrowableBytes()
    private(set) var count = 0

    package init() {}

    /// Bytes of the buffers.
    package var allocatedByteCount: Int { words.capacity + ends.capacity + text.capacity + member.capacity }

    mutating func removeAll() {
        count = 0
        words.removeAll(keepingAtMost: 1 << 16)
        ends.removeAll(keepingAtMost: 1 << 16)
        text.removeAll(keepingAtMost: 1 << 16)
    }

    mutating func append(_ word: UInt64, _ member: RawSpan) {
        text.append(member)
        end(word)
    }

    private mutating func end(_ word: UInt64) {
        words.append(bytesOf: word)
        ends.append(bytesOf: text.count)
        count += 1
    }

    /// Appends the entries of `leaf` that are in `range`.
    mutating func append(_ leaf: OrderedLeaf, _ range: Range<Int>) {
        let head = leaf.head
        var offset = leaf.suffixOffset(range.lowerBound, head)
        for index in range {
            let byteCount = leaf.suffixByteCount(index, head)
            text.append(leaf.prefix(head, of: leaf))
            leaf.appendSuffix(at: offset, byteCount: byteCount, head, to: &text)
            end(leaf.word(at: index, head))
            offset += byteCount
        }
    }

    private func word(_ index: Int) -> UInt64 { words.bytes.load(UInt64.self, at: index * 8) }

    private func end(of index: Int) -> Int { index < 0 ? 0 : ends.bytes.load(Int.self, at: index * 8) }

    @_lifetime(borrow self)
    private func member(_ index: Int) -> RawSpan {
        let start = end(of: index - 1)
        return text.bytes.slice(from: start, count: end(of: index) - start)
    }

    /// Where to part the entries so that both halves have about as many bytes; both have an entry.
    var middle: Int {
        let half = text.count / 2
        var (low, high) = (1, count - 1)
        while low < high {
            let middle = (low + high) / 2
            if end(of: middle - 1) < half { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Laying out

    /// The head of a leaf of the entries in `range`, and how many bytes the leaf has. `below` asks for room for lower
    /// scores than the first: as much again as the scores reach, so that entries which come in falling order do not
    /// lay out the leaf anew each.
    func plan(_ range: Range<Int>, below: Bool) -> (head: OrderedLeaf.Head, byteCount: Int) {
        let first = word(range.lowerBound)
        var differences: UInt64 = 0
        for index in range { differences |= word(index) &- first }
        let reach = word(range.upperBound - 1) - first
        let shift = differences == 0 ? 0 : differences.trailingZeroBitCount
        let room = below ? min(reach, (first >> UInt64(shift)) << UInt64(shift)) : 0
        var head = OrderedLeaf.Head(
            count: range.count, shift: UInt64(shift), width: significantByteCount((reach + room) >> UInt64(shift)),
            base: first - room, suffixByteCount: 0, prefixByteCount: commonPrefix(range), form: .digits, lengthWidth: 0)
        if !measureSuffixes(range, &head) {
            head.form = .bytes
            _ = measureSuffixes(range, &head)
        }
        let suffixes = head.lengthWidth == 0 ? head.suffixByteCount * range.count : suffixesByteCount(range, head)
        return (head, head.suffixesOffset + suffixes)
    }

    private func commonPrefix(_ range: Range<Int>) -> Int {
        let first = member(range.lowerBound)
        var count = min(first.byteCount, OrderedLeaf.prefixByteCountMax)
        for index in range.dropFirst() {
            count = first.commonPrefixByteCount(with: member(index), atMost: count)
        }
        return count
    }

    /// Sets the width of the column of suffix bytes, or their common number. False when the form does not do.
    private func measureSuffixes(_ range: Range<Int>, _ head: inout OrderedLeaf.Head) -> Bool {
        var (least, most) = (Int.max, 0)
        for index in range {
            guard let count = suffixByteCount(index, head) else { return false }
            least = min(least, count)
            most = max(most, count)
        }
        head.suffixByteCount = least == most ? most : 0
        head.lengthWidth = least == most ? 0 : most < 255 ? 1 : 4
        precondition(most <= Int(UInt32.max), "a member beyond the format of leaves")
        return true
    }

    private func suffixesByteCount(_ range: Range<Int>, _ head: OrderedLeaf.Head) -> Int {
        var sum = 0
        for index in range { sum += suffixByteCount(index, head) ?? 0 }
        return sum
    }

    private func suffixByteCount(_ index: Int, _ head: OrderedLeaf.Head) -> Int? {
        let member = member(index)
        switch head.form {
        case .bytes: return member.byteCount - head.prefixByteCount
        case .digits: return DigitText.byteCount(of: member, from: head.prefixByteCount)
        }
    }

    /// A leaf of the entries in `range`, which are at most as many as a leaf may have.
    func leaf(_ range: Range<Int>, below: Bool = false) -> OrderedLeaf {
        let (head, byteCount) = plan(range, below: below)
        let leaf = OrderedLeaf(head, byteCount: byteCount)
        leaf.block.store(
            member(range.lowerBound).slice(from: 0, count: head.prefixByteCount),
            at: OrderedLeaf.headerByteCount)
        var (score, length, suffix) = (head.scoresOffset, head.lengthsOffset, head.suffixesOffset)
        for index in range {
            let number = (word(index) - head.base) >> head.shift
            leaf.block.storeInteger(number, at: score, byteCount: head.width)
            let count = suffixByteCount(index, head) ?? 0
            leaf.block.storeInteger(UInt64(count), at: length, byteCount: head.lengthWidth)
            leaf.store(suffixOf: member(index), at: suffix, head)
            score += head.width
            length += head.lengthWidth
            suffix += count
        }
        return leaf
    }
}

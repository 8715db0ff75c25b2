internal import SnugMemory

/// A leaf by itself: a small sorted set.
extension OrderedLeaf {
    /// A leaf in a block of its own with the bytes of another, as `bytes(of:)` gave them.
    init(copying bytes: RawSpan) {
        let block = Block.allocate(byteCount: bytes.byteCount + Self.margin)
        block.store(bytes, at: 0)
        self.init(bits: block.bits)
    }

    @_lifetime(borrow owner)
    func bytes<Owner: ~Copyable & ~Escapable>(of owner: borrowing Owner) -> RawSpan {
        block.bytes(at: 0, count: byteCount, of: owner)
    }

    /// The number of the entry with this member, whatever its score, or nil. A walk.
    func index(ofMember member: RawSpan) -> Int? {
        let head = head
        let prefixCount = head.prefixByteCount
        guard member.byteCount >= prefixCount,
            member.slice(from: 0, count: prefixCount).isEqual(to: prefix(head, of: self))
        else { return nil }
        let suffix = member.extracting(droppingFirst: prefixCount)
        var sought = suffix.byteCount
        if head.form == .digits {
            guard let packed = DigitText.byteCount(of: suffix, from: 0) else { return nil }
            sought = packed
        }
        let digits = sought <= 8 && head.form == .digits ? DigitText.word(of: suffix, from: 0) : nil
        var offset = head.suffixesOffset
        for index in 0..<head.count {
            let count = suffixByteCount(index, head)
            if count == sought && isSuffix(suffix, digits, at: offset, count, head) { return index }
            offset += count
        }
        return nil
    }

    @inline(__always)
    private func isSuffix(_ suffix: RawSpan, _ digits: UInt64?, at offset: Int, _ count: Int, _ head: Head) -> Bool {
        if head.form == .bytes { return block.bytes(at: offset, count: count, of: self).isEqual(to: suffix) }
        if let digits { return DigitText.word(block, at: offset, byteCount: count) == digits }
        return DigitText.order(block, at: offset, byteCount: count, suffix, from: 0) == 0
    }

    /// The score of entry `index`.
    func score(at index: Int) -> Double { ScoreWord.score(word(at: index, head)) }

    /// Calls `body` with the member and the score of the entries in `range`, the last first when `reversed`. The
    /// member's bytes are good until `body` returns.
    @inline(__always)
    func forEach<Failure: Error>(
        _ range: Range<Int>, reversed: Bool, _ scratch: Box<OrderedScratch>,
        _ body: (RawSpan, Double) throws(Failure) -> Void
    ) throws(Failure) {
        let head = head
        var offset = suffixOffset(reversed ? range.upperBound : range.lowerBound, head)
        scratch.value.member.removeAll(keepingAtMost: 1 << 16)
        scratch.value.member.append(prefix(head, of: self))
        for turn in 0..<range.count {
            let index = reversed ? range.upperBound - 1 - turn : range.lowerBound + turn
            let byteCount = suffixByteCount(index, head)
            if reversed { offset -= byteCount }
            scratch.value.member.truncate(to: head.prefixByteCount)
            appendSuffix(at: offset, byteCount: byteCount, head, to: &scratch.value.member)
            try body(scratch.value.member.bytes, ScoreWord.score(word(at: index, head)))
            if !reversed { offset += byteCount }
        }
    }
}

extension OrderedLeaf {
    /// Appends the member of entry `index`.
    func appendMember(_ index: Int, to text: inout GrowableBytes) {
        let head = head
        text.append(prefix(head, of: self))
        appendSuffix(at: suffixOffset(index, head), byteCount: suffixByteCount(index, head), head, to: &text)
    }
}

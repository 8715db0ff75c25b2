/// Hashes of two strings that stand one behind the other: where the first ends matters.
///
///     up to 255 bytes   word … word  │ 0 to 6 bytes, zeros, byte count of the first 1, of both 1 │
///     more              byte count of the first, then what SipHash makes of the bytes
///
/// The counts go with the last word, so that they cost no round of their own; a rest of seven bytes is a word. Strings
/// of the one kind make at most 33 words and of the other at least 34.
extension KeyedHash {
    /// What hashing starts from.
    @inlinable
    public var start: SipState { SipState(key0: key0, key1: key1) }

    /// The hash of `first` and `second`, which need not lie side by side.
    public func hash(pair first: RawSpan, _ second: RawSpan) -> UInt64 {
        let count = first.byteCount &+ second.byteCount
        if count > 255 { return hash(first, second, tag: UInt64(truncatingIfNeeded: first.byteCount)) }
        var state = start
        var (word, carried) = state.absorb(first, second)
        if carried == 7 {
            state.absorb(word)
            word = 0
        }
        state.absorb(SipState.pairEnd(first.byteCount, count, word))
        return state.finish()
    }
}

extension SipState {
    /// The last word of a pair's.
    @inlinable @inline(__always)
    static func pairEnd(_ firstByteCount: Int, _ byteCount: Int, _ rest: UInt64) -> UInt64 {
        UInt64(truncatingIfNeeded: byteCount) << 56 | UInt64(truncatingIfNeeded: firstByteCount) << 48 | rest
    }

    /// The same for two strings side by side in a block, from a state that has absorbed nothing. Up to eight bytes
    /// behind them are read, and may hold anything.
    @inlinable @inline(__always)
    public func hash(pairIn block: Block, at offset: Int, firstByteCount: Int, byteCount: Int) -> UInt64 {
        var state = self
        if byteCount > 255 { return hash(longPairIn: block, at: offset, firstByteCount, byteCount) }
        let end = offset &+ (byteCount & ~7)
        var place = offset
        while place != end {
            state.absorb(block.load(UInt64.self, at: place))
            place &+= 8
        }
        let rest = byteCount & 7
        var word = block.load(UInt64.self, at: place) & (1 &<< UInt64(truncatingIfNeeded: rest &* 8) &- 1)
        if rest == 7 {
            state.absorb(word)
            word = 0
        }
        state.absorb(Self.pairEnd(firstByteCount, byteCount, word))
        return state.finish()
    }

    @inline(never)
    public func hash(longPairIn block: Block, at offset: Int, _ firstByteCount: Int, _ byteCount: Int) -> UInt64 {
        var state = self
        state.absorb(UInt64(truncatingIfNeeded: firstByteCount))
        let end = offset &+ (byteCount & ~7)
        var place = offset
        while place != end {
            state.absorb(block.load(UInt64.self, at: place))
            place &+= 8
        }
        let bits = UInt64(truncatingIfNeeded: (byteCount & 7) &* 8)
        let word = block.load(UInt64.self, at: place) & (1 &<< bits &- 1)
        state.absorb(UInt64(truncatingIfNeeded: byteCount) << 56 | word)
        return state.finish()
    }

    /// Absorbs the whole words of `first` and `second` one behind the other. Gives what is left, fewer than eight
    /// bytes, and how many.
    @inline(__always)
    fileprivate mutating func absorb(_ first: RawSpan, _ second: RawSpan) -> (word: UInt64, byteCount: Int) {
        var offset = 0
        while offset &+ 8 <= first.byteCount {
            absorb(first.trustedLoad(UInt64.self, at: offset))
            offset &+= 8
        }
        // `carried` bytes, fewer than eight, wait for the others of their word.
        let carried = first.byteCount &- offset
        var word = carried > 0 ? first.trustedWord(at: offset, upTo: carried) : 0
        let shift = UInt64(truncatingIfNeeded: carried &* 8)
        offset = 0
        while offset &+ 8 <= second.byteCount {
            let next = second.trustedLoad(UInt64.self, at: offset)
            absorb(word | next &<< shift)
            // Shifted twice, because a shift by 64 would be one by 0.
            word = (next &>> (63 &- shift)) &>> 1
            offset &+= 8
        }
        let left = second.byteCount &- offset
        if left == 0 { return (word, carried) }
        let last = second.trustedWord(at: offset, upTo: left)
        word |= last &<< shift
        if carried &+ left < 8 { return (word, carried &+ left) }
        absorb(word)
        return ((last &>> (63 &- shift)) &>> 1, carried &+ left &- 8)
    }
}

extension KeyedHash {
    /// 64 hash bits of `tag` and `bytes`. The tag is absorbed first, so equal bytes under different tags have nothing
    /// in common.
    @inlinable
    public func hash(_ bytes: RawSpan, tag: UInt64) -> UInt64 {
        var state = SipState(key0: key0, key1: key1)
        state.absorb(tag)
        let count = bytes.byteCount
        var offset = 0
        while offset &+ 8 <= count {
            // SAFETY: the loop's condition keeps the eight bytes inside the span.
            state.absorb(unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
            offset &+= 8
        }
        state.absorb(UInt64(truncatingIfNeeded: count) << 56 | bytes.lastWord(from: offset))
        return state.finish()
    }

    /// What `hash(_:tag:)` gives for the bytes of `second` behind those of `first`, which need not lie side by side.
    public func hash(_ first: RawSpan, _ second: RawSpan, tag: UInt64) -> UInt64 {
        var state = start
        state.absorb(tag)
        let (word, _) = state.absorb(first, second)
        let count = UInt64(truncatingIfNeeded: first.byteCount &+ second.byteCount)
        state.absorb(count << 56 | word)
        return state.finish()
    }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// What a command of the ZRANGE family asks for: a range, an order, a limit.
struct RangeQuery {
    /// What the words are compared with; nil while it may be chosen.
    private var kind: SortedSetRange.Kind?
    private var isReversed: Bool?
    private var withScores = false
    private var offset: Int64 = 0
    /// Most members that are returned, any number when negative.
    private var limit: Int64 = -1
    /// Where the key stands; the ends of the range are the next two words.
    private let keyIndex: Int

    /// A query whose command fixes these, or leaves them to its words when nil.
    init(_ kind: SortedSetRange.Kind?, reversed: Bool?, keyAt keyIndex: Int = 1) {
        self.kind = kind
        isReversed = reversed
        self.keyIndex = keyIndex
    }

    /// Reads the words and writes the members.
    consuming func answer(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var query = self
        let range = try query.read(arguments, &reply)
        do {
            guard let set = try partition.sortedSet(arguments[query.keyIndex]) else { return reply.array(0) }
            query.write(set, query.ranks(range, in: set, arguments), &reply)
        } catch { throw CommandError(error) }
    }

    /// Reads the words and stores the members under another key.
    consuming func store(
        under destination: RawSpan, _ arguments: borrowing Arguments, _ partition: inout Partition,
        _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var query = self
        let range = try query.read(arguments, allowingScores: false, &reply)
        do {
            guard let set = try partition.sortedSet(arguments[query.keyIndex]) else {
                _ = partition.delete(destination)
                return reply.integer(0)
            }
            var members = partition.members(of: set, ranks: query.ranks(range, in: set, arguments))
            reply.integer(partition.storeSortedSet(&members, under: destination))
        } catch { throw CommandError(error) }
    }

    private mutating func read(
        _ arguments: borrowing Arguments, allowingScores: Bool = true, _ reply: inout ReplyWriter
    ) throws(CommandError) -> SortedSetRange {
        try readOptions(arguments, allowingScores)
        if let complaint {
            reply.error(complaint)
            throw .written
        }
        // Of scores and strings a reversed query gives the higher end first.
        let isTurned = (isReversed ?? false) && (kind ?? .ranks) != .ranks
        let (first, second) = (keyIndex + 1, keyIndex + 2)
        return try SortedSetRange(
            kind ?? .ranks, arguments, from: isTurned ? second : first, to: isTurned ? first : second)
    }

    private func ranks(
        _ range: SortedSetRange, in set: borrowing OpenSortedSet, _ arguments: borrowing Arguments
    ) -> Range<Int> {
        let isReversed = isReversed ?? false
        return limited(range.ranks(in: set, arguments, reversed: isReversed), isReversed)
    }

    private mutating func readOptions(
        _ arguments: borrowing Arguments, _ allowingScores: Bool
    ) throws(CommandError) {
        let (fixesKind, fixesOrder) = (kind != nil, isReversed != nil)
        var index = keyIndex + 3
        while index < arguments.count {
            let word = arguments[index]
            if allowingScores && word.isWord("WITHSCORES") {
                withScores = true
            } else if word.isWord("LIMIT") && index + 2 < arguments.count {
                offset = try arguments[index + 1].integer()
                limit = try arguments[index + 2].integer()
                index += 2
            } else if !fixesOrder && isReversed == nil && word.isWord("REV") {
                isReversed = true
            } else if !fixesKind && kind == nil && word.isWord("BYLEX") {
                kind = .members
            } else if !fixesKind && kind == nil && word.isWord("BYSCORE") {
                kind = .scores
            } else {
                throw .syntax
            }
            index += 1
        }
    }

    private var complaint: StaticString? {
        if limit != -1 && (kind ?? .ranks) == .ranks {
            return "ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX"
        }
        return withScores && kind == .members
            ? "ERR syntax error, WITHSCORES not supported in combination with BYLEX" : nil
    }

    /// The part of `ranks` that the limit leaves.
    private func limited(_ ranks: Range<Int>, _ isReversed: Bool) -> Range<Int> {
        if offset < 0 || offset >= ranks.count { return ranks.lowerBound..<ranks.lowerBound }
        let skipped = Int(offset)
        let left = ranks.count - skipped
        let count = limit < 0 ? left : Int(min(Int64(left), limit))
        let start = isReversed ? ranks.upperBound - skipped - count : ranks.lowerBound + skipped
        return start..<start + count
    }

    private func write(
        _ set: borrowing OpenSortedSet, _ ranks: Range<Int>, _ reply: inout ReplyWriter
    ) {
        let isReversed = isReversed ?? false
        if !withScores {
            reply.array(ranks.count)
            set.forEach(ranks: ranks, reversed: isReversed) { member, _ in reply.bulk(member) }
            return
        }
        reply.beginPairs(ranks.count)
        set.forEach(ranks: ranks, reversed: isReversed) { reply.pair($0, $1) }
    }
}

extension ReplyWriter {
    /// The head of `count` members with scores: pairs in RESP3, one after the other in RESP2.
    mutating func beginPairs(_ count: Int) { array(version >= 3 ? count : count * 2) }

    mutating func pair(_ member: RawSpan, _ score: Double) {
        if version >= 3 { array(2) }
        bulk(member)
        double(score)
    }
}

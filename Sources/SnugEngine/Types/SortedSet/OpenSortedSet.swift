internal import SnugMemory

/// A sorted set that has been looked up: to be read, or to be changed member by member and put back by
/// `closeSortedSet`.
///
/// A small one is a single leaf of an ordered index (`OrderedLeaf`), copied out of its pack or block; its bytes behind
/// the type's are what a record holds. The encoding that OBJECT tells follows Redis: a listpack has at most
/// `sortedSetListpackEntriesMax` members of at most `sortedSetListpackValueMax` bytes and becomes a skiplist beyond. It
/// is a listpack again below half of both. How a listpack is really kept depends on its bytes: many are a
/// `SortedSetTable`.
package struct OpenSortedSet: ~Copyable {
    private let staysInPlace = StaysInPlace()
    enum Form: BitwiseCopyable {
        case nothing
        case leaf(OrderedLeaf)
        case table(Box<SortedSetTable>)
    }

    private(set) var form: Form
    /// Where it is put back, nil for one that is only read or belongs nowhere yet.
    var place: OpenPlace?
    private let vocabulary: Box<Vocabulary>
    private let limits: EncodingLimits
    /// Whether the table is this value's own, not a record's.
    private var ownsTable = false
    /// Whether it was too large for a listpack since it was opened.
    private var hasPassedLimit = false
    /// Which limits have changed the encoding, in their order; putting back tells the partition.
    private(set) var changes: [EncodingChange] = []
    /// Which limits it has come near to; putting back tells the partition.
    private(set) var warnings: [EncodingChange] = []

    /// The most bytes of a sorted set in one leaf.
    static let leafByteCountMax = 4_096
    /// A table of at most so many members that is a listpack is brought back into one leaf.
    static let listpackTableCountMin = 64

    /// A sorted set without members.
    init(_ vocabulary: Box<Vocabulary>, _ limits: EncodingLimits) {
        form = .nothing
        self.vocabulary = vocabulary
        self.limits = limits
    }

    /// The sorted set of a record.
    init(_ cell: Cell, _ vocabulary: Box<Vocabulary>, _ limits: EncodingLimits) {
        self.init(vocabulary, limits)
        if cell.kind == .reference && cell.reference.kind == .sortedSetTable {
            form = .table(cell.reference.sortedSetTable)
        } else {
            form = .leaf(OrderedLeaf(copying: cell.compactBytes(of: cell.block).extracting(droppingFirst: 1)))
        }
    }

    deinit {
        switch form {
        case .nothing: break
        case .leaf(let leaf): leaf.block.free()
        case .table(let table): if ownsTable { table.destroy() }
        }
    }

    /// Leaves the table to the record that holds it from now on.
    mutating func handOverTable() { ownsTable = false }

    // MARK: Asking

    /// How many members there are. Constant time.
    package var count: Int {
        switch form {
        case .nothing: 0
        case .leaf(let leaf): leaf.count
        case .table(let table): table.value.count
        }
    }

    /// The score of a member, or nil. Constant time in a table, a walk otherwise.
    package func score(of member: RawSpan) -> Double? {
        switch form {
        case .nothing: nil
        case .leaf(let leaf): leaf.index(ofMember: member).map { leaf.score(at: $0) }
        case .table(let table): table.value.score(of: member)
        }
    }

    /// How many members stand before this one, and its score, or nil. Logarithmic time in a table, a walk otherwise.
    package func rank(of member: RawSpan) -> (rank: Int, score: Double)? {
        switch form {
        case .nothing: return nil
        case .leaf(let leaf): return leaf.index(ofMember: member).map { ($0, leaf.score(at: $0)) }
        case .table(let table):
            guard let score = table.value.score(of: member) else { return nil }
            return table.value.index.rank(of: member, score: score).map { ($0, score) }
        }
    }

    /// How many members stand before `bound`. Logarithmic time.
    package func rank(of bound: borrowing OrderedBound) -> Int {
        switch form {
        case .nothing: 0
        case .leaf(let leaf): leaf.count(before: bound)
        case .table(let table): table.value.index.rank(of: bound)
        }
    }

    /// Calls `body` with the member and the score of these ranks, which must be there: in rising order, or the last
    /// first. The member's bytes are good until `body` returns, which must not read another sorted set. Logarithmic
    /// time to the first, constant time to the next.
    package func forEach<Failure: Error>(
        ranks: Range<Int>, reversed: Bool = false, _ body: (RawSpan, Double) throws(Failure) -> Void
    ) throws(Failure) {
        switch form {
        case .nothing: break
        case .leaf(let leaf):
            precondition(ranks.lowerBound >= 0 && ranks.upperBound <= leaf.count, "members that are not there")
            try leaf.forEach(ranks, reversed: reversed, vocabulary.value.ordered, body)
        case .table(let table): try table.value.index.forEach(ranks: ranks, reversed: reversed, body)
        }
    }

    /// Calls `body` with the members of one step of a scan and their scores, at least `minimumCount` of them unless it
    /// is the last: all of a listpack. Returns the cursor to go on from, 0 at the end. Members that are there
    /// throughout a scan are given at least once.
    package func scan(from cursor: UInt64, minimumCount: Int, _ body: (RawSpan, Double) -> Void) -> UInt64 {
        if case .table(let table) = form, !table.value.isListpack {
            return table.value.scan(from: cursor, minimumCount: minimumCount, body)
        }
        forEach(ranks: 0..<count, body)
        return 0
    }

    /// Calls `body` with `drawn` members drawn with equal chances, and their scores; members may repeat. Logarithmic
    /// time each.
    package func forEachRandom(
        _ drawn: Int, using random: inout RandomSource, _ body: (RawSpan, Double) -> Void
    ) {
        for _ in 0..<drawn {
            let rank = Int(random.next(below: UInt64(count)))
            forEach(ranks: rank..<rank + 1, body)
        }
    }

    /// Calls `body` with `drawn` different members, at most as many as there are; every choice is equally likely. They
    /// come in rising order. Logarithmic time each, and a step for each that they leave out when they are many.
    package func forEachDistinctRandom(
        _ drawn: Int, using random: inout RandomSource, _ body: (RawSpan, Double) -> Void
    ) {
        if drawn < count / 4 {
            var ranks: Set<Int> = []
            while ranks.count < drawn { ranks.insert(Int(random.next(below: UInt64(count)))) }
            for rank in ranks.sorted() { forEach(ranks: rank..<rank + 1, body) }
            return
        }
        var choice = DistinctChoice(drawn, of: count)
        forEach(ranks: 0..<count) { if choice.takesNext(using: &random) { body($0, $1) } }
    }

    // MARK: Changing

    /// Makes room for a command that brings `count` members: more than a listpack takes make a skiplist at once.
    mutating func prepare(for count: Int) {
        if count > limits.sortedSetListpackEntriesMax { makeSkipList(because: entriesReached(count)) }
    }

    /// As above, where it is known also how many bytes the longest of them has.
    mutating func prepare(for count: Int, longest: Int) {
        prepare(for: count)
        let longestMax = limits.sortedSetListpackValueMax
        if longest > longestMax && !isSkipList {
            makeSkipList(because: LimitReached(.sortedSetValue, setting: longestMax, value: longest))
        }
    }

    private func entriesReached(_ count: Int) -> LimitReached {
        LimitReached(.sortedSetEntries, setting: limits.sortedSetListpackEntriesMax, value: count)
    }

    /// The limit that a listpack of `count` members passes, of which one is `member`.
    private func limitPassed(_ count: Int, _ member: RawSpan) -> LimitReached? {
        if count > limits.sortedSetListpackEntriesMax { return entriesReached(count) }
        let longest = limits.sortedSetListpackValueMax
        return member.byteCount > longest
            ? LimitReached(.sortedSetValue, setting: longest, value: member.byteCount) : nil
    }

    /// Gives a member the score that `decide` makes of the one it has, nil when it is not there; or leaves it as it is
    /// when `decide` gives nil. Returns the score before and the one it has now, nil when `decide` gave none. Scores
    /// must be numbers. The member must not lie in this set.
    package mutating func update(
        _ member: RawSpan, _ decide: (Double?) -> Double?
    ) -> (former: Double?, now: Double?) {
        if case .table(let table) = form {
            let result = table.value.update(member, decide)
            if table.value.isListpack && result.former == nil && result.now != nil {
                if let reached = limitPassed(table.value.count, member) {
                    makeSkipList(because: reached)
                } else {
                    warn(of: member)
                }
            }
            return result
        }
        let index = leaf?.index(ofMember: member)
        let former = index.flatMap { leaf?.score(at: $0) }
        guard let decided = decide(former) else { return (former, nil) }
        let score = decided + 0.0
        if former == score { return (former, score) }
        if former == nil, let reached = limitPassed(count + 1, member) {
            makeSkipList(because: reached)
            return update(member) { _ in score }
        }
        if let index { removeFromLeaf(index..<index + 1) }
        insertIntoLeaf(member, score)
        if former == nil { warn(of: member) }
        return (former, score)
    }

    /// Notes when a listpack has come near to a limit with its last new member. A walk when the member is nearly as
    /// long as one may be.
    private mutating func warn(of member: RawSpan) {
        if count == limits.near(limits.sortedSetListpackEntriesMax) { warn(of: entriesReached(count)) }
        let longest = limits.sortedSetListpackValueMax
        let long = limits.near(longest)
        guard member.byteCount >= long else { return }
        var longCount = 0
        forEach(ranks: 0..<count) { member, _ in longCount += member.byteCount >= long ? 1 : 0 }
        if longCount == 1 { warn(of: LimitReached(.sortedSetValue, setting: longest, value: member.byteCount)) }
    }

    /// Notes which limits a listpack is near to that has been made of so many members at once.
    mutating func warn(ofStored count: Int, longest: Int) {
        if count >= limits.near(limits.sortedSetListpackEntriesMax) { warn(of: entriesReached(count)) }
        let longestMax = limits.sortedSetListpackValueMax
        if longest >= limits.near(longestMax) {
            warn(of: LimitReached(.sortedSetValue, setting: longestMax, value: longest))
        }
    }

    private mutating func warn(of reached: LimitReached) {
        warnings.append(EncodingChange(from: .listpack, to: .skipList, reached: reached))
    }

    private var leaf: OrderedLeaf? {
        if case .leaf(let leaf) = form { return leaf }
        return nil
    }

    private mutating func insertIntoLeaf(_ member: RawSpan, _ score: Double) {
        let scratch = vocabulary.value.ordered
        let bound = OrderedBound(score: score, member: member, inclusive: false)
        scratch.value.removeAll()
        guard var leaf else {
            scratch.value.append(bound.word, member)
            form = .leaf(scratch.value.leaf(0..<1))
            return
        }
        let index = leaf.count(before: bound)
        if leaf.insert(bound.word, member, at: index, byteCountMax: Self.leafByteCountMax) {
            form = .leaf(leaf)
            return
        }
        let count = leaf.count
        scratch.value.append(leaf, 0..<index)
        scratch.value.append(bound.word, member)
        scratch.value.append(leaf, index..<count)
        leaf.block.free()
        let whole = scratch.value.leaf(0..<count + 1, below: index == 0)
        form = .leaf(whole)
        if whole.byteCount > Self.leafByteCountMax { makeTable(isListpack: true) }
    }

    private mutating func removeFromLeaf(_ range: Range<Int>) {
        guard var leaf else { return }
        if range.count == leaf.count {
            leaf.block.free()
            form = .nothing
        } else {
            leaf.remove(range)
            form = .leaf(leaf)
        }
    }

    /// Removes a member; false when it is not there.
    package mutating func remove(_ member: RawSpan) -> Bool {
        if case .table(let table) = form { return table.value.remove(member) }
        guard let index = leaf?.index(ofMember: member) else { return false }
        removeFromLeaf(index..<index + 1)
        return true
    }

    /// Removes the members of these ranks, which must be there.
    package mutating func remove(ranks: Range<Int>) {
        if case .table(let table) = form {
            table.value.remove(ranks: ranks)
        } else if !ranks.isEmpty {
            removeFromLeaf(ranks)
        }
    }

    private mutating func makeSkipList(because reached: LimitReached) {
        hasPassedLimit = true
        if isListpack { changes.append(EncodingChange(from: .listpack, to: .skipList, reached: reached)) }
        if case .table(let table) = form {
            table.value.isListpack = false
        } else {
            makeTable(isListpack: false)
        }
    }

    /// Makes a leaf of a table that has changed when it is far enough below the limits.
    mutating func fit() {
        guard case .table(let table) = form, table.value.count > 0 else { return }
        if table.value.isListpack {
            // Members that are long would not fit, as the bytes of the index tell.
            if table.value.count <= Self.listpackTableCountMin
                && table.value.index.allocatedByteCount <= 2 * Self.leafByteCountMax
            {
                makeLeaf(table)
            }
            return
        }
        let longest = limits.sortedSetListpackValueMax
        guard limits.encodingsRevert && !hasPassedLimit && longest > 0,
            table.value.count < Self.half(of: limits.sortedSetListpackEntriesMax)
        else { return }
        var isShort = true
        table.value.index.forEach(ranks: 0..<table.value.count) { member, _ in
            if member.byteCount >= Self.half(of: longest) { isShort = false }
        }
        guard isShort else { return }
        changes.append(
            EncodingChange(from: .skipList, to: .listpack, reached: entriesReached(table.value.count)))
        makeLeaf(table)
    }

    /// Whether there are members, in what OBJECT ENCODING calls a listpack.
    package var isListpack: Bool {
        switch form {
        case .nothing: false
        case .leaf: true
        case .table(let table): table.value.isListpack
        }
    }

    /// Whether OBJECT ENCODING would say skiplist.
    var isSkipList: Bool {
        if case .table(let table) = form { return !table.value.isListpack }
        return false
    }

    /// The least number that is half of a limit or more.
    private static func half(of limit: Int) -> Int { limit / 2 + limit % 2 }

    private mutating func makeLeaf(_ table: Box<SortedSetTable>) {
        guard table.value.count <= OrderedLeaf.countMax else { return }
        let scratch = vocabulary.value.ordered
        scratch.value.removeAll()
        table.value.index.forEach(ranks: 0..<table.value.count) { member, score in
            scratch.value.append(ScoreWord.make(score), member)
        }
        let leaf = scratch.value.leaf(0..<table.value.count)
        guard leaf.byteCount <= Self.leafByteCountMax else {
            leaf.block.free()
            table.value.isListpack = true
            return
        }
        if ownsTable { table.destroy() }
        ownsTable = false
        form = .leaf(leaf)
    }

    // MARK: Many members at once

    /// Makes a leaf of members in the order of a sorted set; there must be none yet. False when they are too many.
    mutating func fillLeaf(with members: borrowing ScoredMembers) -> Bool {
        guard members.count <= OrderedLeaf.countMax, members.byteCount <= 4 * Self.leafByteCountMax else {
            return false
        }
        let scratch = vocabulary.value.ordered
        scratch.value.removeAll()
        members.forEach { scratch.value.append(ScoreWord.make($1), $0) }
        let leaf = scratch.value.leaf(0..<members.count)
        guard leaf.byteCount <= Self.leafByteCountMax else {
            leaf.block.free()
            return false
        }
        form = .leaf(leaf)
        return true
    }

    /// Puts members in the order of a sorted set into a table; there must be none yet. Each goes to the end of the
    /// order, so that all leaves but the last are full.
    mutating func fillTable(with members: borrowing ScoredMembers) {
        if case .nothing = form { makeTable(isListpack: true) }
        guard case .table(let table) = form else { return }
        members.forEach { member, score in _ = table.value.update(member) { _ in score } }
    }

    private mutating func makeTable(isListpack: Bool) {
        let table = Box(SortedSetTable(vocabulary: vocabulary, isListpack: isListpack))
        if let leaf {
            // A table of its own makes use of the scratch that a walk would write members into.
            var members = GrowableBytes()
            for index in 0..<leaf.count {
                members.truncate(to: 0)
                leaf.appendMember(index, to: &members)
                let score = leaf.score(at: index)
                _ = table.value.update(members.bytes) { _ in score }
            }
            leaf.block.free()
        }
        form = .table(table)
        ownsTable = true
    }
}

internal import SnugMemory

/// A set that has been looked up: where its members are. Valid until a map of the partition changes.
///
/// Members of a set that OBJECT ENCODING calls intset come in rising order, those of a listpack in the order in which
/// they were added, those of a hashtable in no order. They are views that live until the next is read.
package struct SetSource: BitwiseCopyable {
    enum Form: BitwiseCopyable {
        case integers
        case members
        case table(Box<MemberTable>)
    }

    private let cell: Cell
    let form: Form

    /// The cell must be that of a set.
    @inline(__always)
    init(_ cell: Cell) {
        self.cell = cell
        if cell.kind == .reference && cell.reference.kind == .memberTable {
            form = .table(cell.reference.memberTable)
        } else {
            form = cell.compactType == .integerSet ? .integers : .members
        }
    }

    /// The bytes of a set in one piece.
    private var bytes: RawSpan {
        @_lifetime(borrow self)
        get { cell.compactBytes(of: self) }
    }

    private var integers: IntegerSet {
        @_lifetime(borrow self)
        get { IntegerSet(bytes) }
    }

    private var list: MemberList {
        @_lifetime(borrow self)
        get { MemberList(bytes) }
    }

    /// How many members there are, at least one. Constant time but for a listpack, which is walked.
    package var count: Int {
        switch form {
        case .integers: integers.count
        case .members: list.count
        case .table(let table): table.value.count
        }
    }

    /// What OBJECT ENCODING says.
    package var encoding: Encoding { cell.encoding }

    /// Whether OBJECT ENCODING says intset.
    package var isIntegerSet: Bool {
        switch form {
        case .integers: true
        case .members: false
        case .table(let table): table.value.isIntegerSet
        }
    }

    /// Whether OBJECT ENCODING says hashtable.
    var isHashTable: Bool {
        if case .table(let table) = form { return !table.value.isIntegerSet }
        return false
    }

    /// Whether the set has a member. Constant time in a table, logarithmic in an intset, a walk otherwise.
    @inline(__always)
    package func contains(_ member: RawSpan) -> Bool {
        switch form {
        case .integers: member.canonicalInteger.map { integers.contains($0) } ?? false
        case .members: list.contains(member)
        case .table(let table): table.value.contains(member)
        }
    }

    /// As above, for a member that is an integer if its text is one's and the set it comes from knows it as one.
    func contains(_ member: StringValue) -> Bool {
        if case .integers = form, case .integer(let integer) = copy member { return integers.contains(integer) }
        return member.withBytes { contains($0) }
    }

    // MARK: Walking

    /// Calls `body` with every member.
    @inline(__always)
    package func forEach(_ body: (StringValue) -> Void) {
        forEachUntil { member in
            body(member)
            return true
        }
    }

    /// Calls `body` with every member until it returns false. False when it did.
    @inline(__always) @discardableResult
    func forEachUntil(_ body: (StringValue) -> Bool) -> Bool {
        switch form {
        case .integers:
            let set = integers
            for index in 0..<set.count where !body(.integer(set[index])) { return false }
            return true
        case .members:
            let list = list
            var offset = MemberList.firstOffset
            while offset < list.endOffset {
                if !body(list.member(at: offset)) { return false }
                offset = list.offset(after: offset)
            }
            return true
        case .table(let table): return table.value.forEach(body)
        }
    }

    /// Calls `body` with some members from `cursor` on, 0 at the start, and returns the cursor to go on from, 0 at the
    /// end. An intset or listpack is given whole. From a hashtable come at least `minimumCount` members unless ten
    /// times as many packs hold fewer; every member that is there throughout a scan comes at least once.
    package func scan(from cursor: UInt64, minimumCount: Int, _ body: (StringValue) -> Void) -> UInt64 {
        guard case .table(let table) = form, !table.value.isIntegerSet else {
            forEach(body)
            return 0
        }
        return table.value.map.scan(from: cursor, minimumCount: minimumCount) { record in
            record.withKey { body(.bytes($0)) }
        }
    }
}

/// Drawing members by chance.
extension SetSource {
    /// Calls `body` with `drawn` members, each drawn from all with nearly equal chances, so that members may repeat.
    /// Constant time each, and a walk before the first of a listpack.
    package func forEachRandom(_ drawn: Int, using random: inout RandomSource, _ body: (StringValue) -> Void) {
        switch form {
        case .integers:
            let set = integers
            for _ in 0..<drawn { body(.integer(set[Int(random.next(below: UInt64(set.count)))])) }
        case .members: forEachRandomOfList(drawn, using: &random, body)
        case .table(let table):
            for _ in 0..<drawn {
                guard let record = table.value.map.randomRecord(using: &random) else { return }
                record.withKey { body(.bytes($0)) }
            }
        }
    }

    private func forEachRandomOfList(_ drawn: Int, using random: inout RandomSource, _ body: (StringValue) -> Void) {
        let list = list
        let count = UInt64(list.count)
        if drawn == 1 {
            return body(list.member(at: list.offset(ofIndex: Int(random.next(below: count)))))
        }
        var places: [Int] = []
        var offset = MemberList.firstOffset
        while offset < list.endOffset {
            places.append(offset)
            offset = list.offset(after: offset)
        }
        for _ in 0..<drawn { body(list.member(at: places[Int(random.next(below: count))])) }
    }

    /// Calls `body` with `drawn` different members, at most `count`; every choice of so many is nearly equally likely.
    /// Few of a large table are drawn one by one; otherwise all members are passed once and each is taken with the
    /// chance that makes the number come out.
    package func forEachDistinctRandom(
        _ drawn: Int, using random: inout RandomSource, _ body: (StringValue) -> Void
    ) {
        let count = self.count
        if case .table(let table) = form, drawn < count / 3 {
            var seen: Set<RecordPlace> = []
            while seen.count < drawn {
                guard let record = table.value.map.randomRecord(using: &random) else { return }
                if seen.insert(RecordPlace(record.location)).inserted { record.withKey { body(.bytes($0)) } }
            }
            return
        }
        var choice = DistinctChoice(min(drawn, count), of: count)
        forEach { if choice.takesNext(using: &random) { body($0) } }
    }
}

/// Which of a number of elements in a row are taken, so that every choice of so many is equally likely.
struct DistinctChoice {
    private var wanted: Int
    private var left: Int

    init(_ wanted: Int, of count: Int) {
        self.wanted = wanted
        left = count
    }

    mutating func takesNext(using random: inout RandomSource) -> Bool {
        let takes = wanted > 0 && random.next(below: UInt64(left)) < UInt64(wanted)
        if takes { wanted -= 1 }
        left -= 1
        return takes
    }
}

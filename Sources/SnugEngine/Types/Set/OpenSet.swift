internal import SnugMemory

/// A set that a command is changing or making: found once, changed member by member, and put back by `closeSet` or
/// `storeSet`.
///
/// The encoding that OBJECT tells follows Redis 7.2 and later. A set of integers is an intset up to
/// `setIntegerSetEntriesMax` members and a hashtable beyond; with its first other member it becomes a listpack if that
/// has room. A listpack has room while it then has at most `setListpackEntriesMax` members of at most
/// `setListpackValueMax` bytes, and becomes a hashtable otherwise.
///
/// A hashtable that has fallen below half of the limits of an intset, or of every limit of a listpack, is one again
/// from the next change on, unless `encoding-revert` forbids it. Redis leaves it as it is.
///
/// How an intset is really kept depends on its bytes: many are a `MemberTable`.
package struct OpenSet: ~Copyable {
    private let staysInPlace = StaysInPlace()
    var form: SetSource.Form
    /// The bytes of an intset or listpack; none while it has no members.
    var bytes = GrowableBytes()
    /// Where it is put back, nil for one that belongs nowhere yet.
    var place: OpenPlace?
    let vocabulary: Box<Vocabulary>
    private let limits: EncodingLimits
    /// Whether the table is this value's own, not a record's.
    private(set) var ownsTable = false
    /// Whether the form has changed, which stays so even if the members are the same.
    private(set) var isConverted = false
    /// Whether the command has made a hashtable, or brings too many members for anything else.
    private var hasPassedLimit = false
    /// Which limits have changed the encoding, in their order; `settle` tells the partition.
    private(set) var changes: [EncodingChange] = []
    /// Which limits it has come near to; `settle` tells the partition.
    private(set) var warnings: [EncodingChange] = []

    /// The most bytes of an intset in one piece.
    static let integerSetByteCountMax = 4_096
    /// An intset of at most so many members is brought back into one piece.
    static let integerTableCountMin = 64

    /// A set without members, of a form without a table.
    init(_ form: SetSource.Form, _ vocabulary: Box<Vocabulary>, _ limits: EncodingLimits) {
        self.form = form
        self.vocabulary = vocabulary
        self.limits = limits
    }

    deinit {
        if ownsTable, case .table(let table) = form { table.destroy() }
    }

    // MARK: Asking

    var isEmpty: Bool {
        if case .table(let table) = form { return table.value.count == 0 }
        return bytes.count == 0
    }

    /// How many members there are. A walk of a listpack.
    package var count: Int {
        switch form {
        case .integers: bytes.count == 0 ? 0 : IntegerSet(bytes.bytes).count
        case .members: bytes.count == 0 ? 0 : MemberList(bytes.bytes).count
        case .table(let table): table.value.count
        }
    }

    // MARK: Changing

    /// Makes room for a command that brings `count` members: more than an encoding takes make a hashtable at once.
    mutating func prepare(for count: Int) {
        switch form {
        case .integers: if count > limits.setIntegerSetEntriesMax { pass(integersReached(count)) }
        case .members: if count > limits.setListpackEntriesMax { pass(entriesReached(count)) }
        case .table(let table):
            if table.value.isIntegerSet {
                if count > limits.setIntegerSetEntriesMax { pass(integersReached(count)) }
            } else if count > limits.setListpackEntriesMax {
                hasPassedLimit = true
            }
        }
    }

    /// Adds a member; false when it is there. The member must not lie in this set.
    package mutating func add(_ member: RawSpan) -> Bool {
        switch form {
        case .integers: return addToIntegers(member)
        case .members: return addToList(member)
        case .table(let table):
            guard table.value.isIntegerSet else { return table.value.add(member) }
            return addToIntegerTable(table, member)
        }
    }

    private mutating func addToIntegers(_ member: RawSpan) -> Bool {
        guard let integer = member.canonicalInteger else { return addBesideIntegers(member) }
        guard IntegerSetBytes.insert(integer, into: &bytes) else { return false }
        warnOfIntegers()
        if count > limits.setIntegerSetEntriesMax {
            pass(integersReached(count))
        } else if bytes.count > Self.integerSetByteCountMax {
            makeHashTable()
            if case .table(let table) = form { table.value.isIntegerSet = true }
        }
        return true
    }

    private mutating func addToIntegerTable(_ table: Box<MemberTable>, _ member: RawSpan) -> Bool {
        guard member.canonicalInteger != nil else { return addBesideIntegers(member) }
        let isNew = table.value.add(member)
        if isNew { warnOfIntegers() }
        if table.value.count > limits.setIntegerSetEntriesMax { pass(integersReached(table.value.count)) }
        return isNew
    }

    /// Adds a member that is no integer to a set of integers.
    private mutating func addBesideIntegers(_ member: RawSpan) -> Bool {
        let longest = max(member.byteCount, longestInteger)
        guard let reached = reached(adding: member, to: count, longest: longest) else {
            makeList()
            warn(of: member, before: count, isFirst: true)
            append(CompactHashItem(value: StringValue(reading: member)))
            return true
        }
        pass(reached)
        guard case .table(let table) = form else { return false }
        return table.value.add(member)
    }

    /// The most characters of a member of a set of integers, 0 without members. Constant time in one piece.
    private var longestInteger: Int {
        switch form {
        case .integers:
            guard bytes.count > 0 else { return 0 }
            let set = IntegerSet(bytes.bytes)
            return max(decimalByteCount(set.base), decimalByteCount(set.greatest))
        case .members: return 0
        case .table(let table):
            let members = table.value.integers
            return members.isEmpty ? 0 : max(decimalByteCount(members[0]), decimalByteCount(members[members.count - 1]))
        }
    }

    private mutating func addToList(_ member: RawSpan) -> Bool {
        let item = CompactHashItem(value: StringValue(reading: member))
        var before = 0
        if bytes.count > 0 {
            let found = MemberList(bytes.bytes).find(item)
            if found.range != nil { return false }
            before = found.before
        }
        guard let reached = reached(adding: member, to: before, longest: member.byteCount) else {
            warn(of: member, before: before)
            append(item)
            return true
        }
        pass(reached)
        guard case .table(let table) = form else { return false }
        return table.value.add(member)
    }

    /// The limit that a listpack of `count` members passes with one more; nil when it has room. `longest` is the byte
    /// count of the longest that it has not been asked about yet.
    private func reached(adding member: RawSpan, to count: Int, longest: Int) -> LimitReached? {
        if count >= limits.setListpackEntriesMax { return entriesReached(count + 1) }
        if longest > limits.setListpackValueMax {
            return LimitReached(.setValue, setting: limits.setListpackValueMax, value: longest)
        }
        let byteCountMax = ListpackLayout.safeByteCountMax
        guard bytes.count > byteCountMax - member.byteCount else { return nil }
        return LimitReached(.listpackBytes, setting: byteCountMax, value: bytes.count + member.byteCount)
    }

    private func integersReached(_ count: Int) -> LimitReached {
        LimitReached(.setIntegers, setting: limits.setIntegerSetEntriesMax, value: count)
    }

    private func entriesReached(_ count: Int) -> LimitReached {
        LimitReached(.setEntries, setting: limits.setListpackEntriesMax, value: count)
    }

    /// Notes when a set of integers has come near to its most members with the last one.
    private mutating func warnOfIntegers() {
        guard count == limits.near(limits.setIntegerSetEntriesMax) else { return }
        warnings.append(EncodingChange(from: .integerSet, to: .hashTable, reached: integersReached(count)))
    }

    /// Notes when a listpack of `count` members comes near to a limit with one more. `isFirst` is whether it has just
    /// become a listpack. A walk when the member is nearly as long as one may be.
    private mutating func warn(of member: RawSpan, before count: Int, isFirst: Bool = false) {
        let near = limits.near(limits.setListpackEntriesMax)
        if count + 1 == near || isFirst && count + 1 > near {
            warnings.append(EncodingChange(from: .listpack, to: .hashTable, reached: entriesReached(count + 1)))
        }
        let long = limits.near(limits.setListpackValueMax)
        guard member.byteCount >= long else { return }
        var hasLong = false
        forEach { if $0.byteCount >= long { hasLong = true } }
        if hasLong && !isFirst { return }
        let reached = LimitReached(.setValue, setting: limits.setListpackValueMax, value: member.byteCount)
        warnings.append(EncodingChange(from: .listpack, to: .hashTable, reached: reached))
    }

    private mutating func append(_ item: borrowing CompactHashItem) {
        if bytes.count == 0 { bytes.append(CompactType.set.rawValue) }
        item.append(to: &bytes)
    }

    /// Removes a member; false when it is not there. A hashtable stays one.
    package mutating func remove(_ member: RawSpan) -> Bool {
        switch form {
        case .integers: return member.canonicalInteger.map { IntegerSetBytes.remove($0, from: &bytes) } ?? false
        case .members:
            guard bytes.count > 0,
                let range = MemberList(bytes.bytes).find(CompactHashItem(value: StringValue(reading: member))).range
            else { return false }
            cut(range)
            return true
        case .table(let table): return table.value.remove(member)
        }
    }

    private mutating func cut(_ range: Range<Int>) {
        bytes.replace(at: range.lowerBound, removing: range.count, with: RawSpan())
        if bytes.count == MemberList.firstOffset { bytes.truncate(to: 0) }
    }

    /// Removes a member drawn with nearly equal chances, and calls `body` with it before. False when there is none.
    package mutating func pop(using random: inout RandomSource, _ body: (StringValue) -> Void) -> Bool {
        if case .table(let table) = form { return table.value.pop(using: &random, body) }
        guard bytes.count > 0 else { return false }
        let index = Int(random.next(below: UInt64(count)))
        if case .integers = form {
            body(.integer(IntegerSet(bytes.bytes)[index]))
            IntegerSetBytes.remove(at: index, from: &bytes)
        } else {
            let offset = MemberList(bytes.bytes).offset(ofIndex: index)
            body(MemberList(bytes.bytes).member(at: offset))
            cut(offset..<MemberList(bytes.bytes).offset(after: offset))
        }
        return true
    }

    // MARK: From one form to another

    /// Replaces the form, and the table if it is this value's own.
    mutating func take(_ table: Box<MemberTable>?, instead form: SetSource.Form) {
        if ownsTable, case .table(let former) = self.form { former.destroy() }
        self.form = form
        ownsTable = table != nil
        isConverted = true
    }

    /// Leaves the table to the record that holds it from now on.
    mutating func handOverTable() { ownsTable = false }

    /// What OBJECT ENCODING would say.
    private var encoding: Encoding {
        switch form {
        case .integers: .integerSet
        case .members: .listpack
        case .table(let table): table.value.isIntegerSet ? .integerSet : .hashTable
        }
    }

    /// Makes a hashtable of a set that has passed a limit.
    private mutating func pass(_ reached: LimitReached) {
        changes.append(EncodingChange(from: encoding, to: .hashTable, reached: reached))
        makeHashTable()
    }

    /// Makes a hashtable of what there is.
    mutating func makeHashTable() {
        hasPassedLimit = true
        if case .table(let table) = form {
            table.value.isIntegerSet = false
            return
        }
        let table = Box(MemberTable(vocabulary: vocabulary, isIntegerSet: false))
        forEach { member in _ = member.withBytes { table.value.add($0) } }
        bytes.truncate(to: 0)
        take(table, instead: .table(table))
    }

    /// Makes a listpack of a set of integers: they come first, in rising order.
    private mutating func makeList() {
        var integers: [Int64] = []
        forEach { if case .integer(let integer) = $0 { integers.append(integer) } }
        bytes.truncate(to: 0)
        take(nil, instead: .members)
        for integer in integers { append(CompactHashItem(value: .integer(integer))) }
    }

    /// Gives a table that has changed a smaller form when it is far enough below the limits of the one that it has.
    mutating func fit() {
        guard case .table(let table) = form, table.value.count > 0 else { return }
        if table.value.isIntegerSet {
            if table.value.count <= Self.integerTableCountMin { makeIntegers() }
            return
        }
        guard limits.encodingsRevert && !hasPassedLimit else { return }
        let mayBeIntegers = table.value.count < Self.half(of: limits.setIntegerSetEntriesMax)
        let mayBeList = table.value.count < Self.half(of: limits.setListpackEntriesMax)
        guard mayBeIntegers || mayBeList else { return }
        let (long, texts) = table.value.figures(longerThan: max(Self.half(of: limits.setListpackValueMax) - 1, 0))
        let count = table.value.count
        if mayBeIntegers && texts == 0 {
            changes.append(EncodingChange(from: .hashTable, to: .integerSet, reached: integersReached(count)))
            makeIntegers()
        } else if mayBeList && long == 0 && limits.setListpackValueMax > 0 {
            changes.append(EncodingChange(from: .hashTable, to: .listpack, reached: entriesReached(count)))
            makeListOfTable(table)
        }
    }

    /// The least number that is half of a limit or more.
    private static func half(of limit: Int) -> Int { limit / 2 + limit % 2 }

    private mutating func makeListOfTable(_ table: Box<MemberTable>) {
        table.value.forEach { member in
            member.withBytes { append(CompactHashItem(value: StringValue(reading: $0))) }
            return true
        }
        take(nil, instead: .members)
    }

    /// Makes an intset in one piece of a set all of whose members are integers.
    mutating func makeIntegers() {
        var integers: [Int64] = []
        forEach { member in if let integer = member.withBytes({ $0.canonicalInteger }) { integers.append(integer) } }
        integers.sort()
        take(nil, instead: .integers)
        IntegerSetBytes.write(integers, to: &bytes)
        guard bytes.count > Self.integerSetByteCountMax else { return }
        makeHashTable()
        if case .table(let table) = form { table.value.isIntegerSet = true }
    }

    /// Calls `body` with every member; those of a set of integers are integers.
    func forEach(_ body: (StringValue) -> Void) {
        switch form {
        case .table(let table):
            table.value.forEach { member in
                body(member)
                return true
            }
        case .integers:
            guard bytes.count > 0 else { return }
            let set = IntegerSet(bytes.bytes)
            for index in 0..<set.count { body(.integer(set[index])) }
        case .members:
            guard bytes.count > 0 else { return }
            let list = MemberList(bytes.bytes)
            var offset = MemberList.firstOffset
            while offset < list.endOffset {
                body(list.member(at: offset))
                offset = list.offset(after: offset)
            }
        }
    }

    /// Keeps all members but some, of which `count` are drawn with equal chances and passed to `body`. The set must be
    /// in one piece. Two walks.
    mutating func popFromOnePiece(
        _ drawn: Int, using random: inout RandomSource, _ body: (StringValue) -> Void
    ) {
        var choice = DistinctChoice(drawn, of: count)
        var kept = OpenSet(form, vocabulary, limits)
        var integers: [Int64] = []
        var generator = random
        forEach { member in
            if choice.takesNext(using: &generator) { return body(member) }
            if case .integers = form, case .integer(let integer) = copy member {
                integers.append(integer)
            } else {
                kept.append(CompactHashItem(value: member))
            }
        }
        random = generator
        if case .integers = form { IntegerSetBytes.write(integers, to: &kept.bytes) }
        swap(&bytes, &kept.bytes)
    }
}

internal import SnugMemory

/// A set in a packed map of its own: what OBJECT ENCODING calls `hashtable`, and large sets of integers within
/// `set-max-intset-entries`.
///
/// A member is a key of the map, and its record holds nothing: a run of members says once that all its values are 0,
/// and a member alone in its run has a payload of no bytes.
struct MemberTable: ~Copyable {
    var map: PackedMap
    /// Whether all members are integers within the limits of an intset, which are shown in rising order.
    var isIntegerSet: Bool
    /// The step of the longest member that was put in since the table was made (`HistogramStep`).
    private(set) var longestStep: UInt8 = 0
    /// How many members have more than `longByteCount` bytes, and how many are no integers; nobody knows while that is
    /// -1.
    private var longCount: Int32 = 0
    private var textCount: Int32 = 0
    private var longByteCount = -1

    init(vocabulary: Box<Vocabulary>, isIntegerSet: Bool) {
        map = PackedMap(vocabulary: vocabulary, countsShapes: false)
        self.isIntegerSet = isIntegerSet
    }

    var count: Int { map.count }

    var vocabulary: Box<Vocabulary> { map.vocabulary }

    /// Where the record of a member is, or would go.
    @inline(__always)
    private func locate(_ member: RawSpan) -> PackedMap.Location {
        let vocabulary = vocabulary
        vocabulary.value.field.read(member)
        return map.locate(vocabulary.value.field)
    }

    func contains(_ member: RawSpan) -> Bool { locate(member).isPresent }

    // MARK: Changing

    /// Adds a member; false when it is there.
    mutating func add(_ member: RawSpan) -> Bool {
        let location = locate(member)
        if location.isPresent { return false }
        let vocabulary = vocabulary
        map.store(
            Payload(integer: 0), expiry: nil, access: nil, at: location, key: vocabulary.value.field)
        longestStep = max(longestStep, UInt8(truncatingIfNeeded: HistogramStep.step(of: member.byteCount)))
        if longByteCount >= 0 { note(member, 1) }
        return true
    }

    /// Removes a member; false when it is not there.
    mutating func remove(_ member: RawSpan) -> Bool {
        let location = locate(member)
        guard location.isPresent else { return false }
        map.remove(at: location)
        if longByteCount >= 0 { note(member, -1) }
        return true
    }

    /// Removes a member drawn with nearly equal chances, and calls `body` with it before. False when there is none.
    mutating func pop(using random: inout RandomSource, _ body: (StringValue) -> Void) -> Bool {
        guard let record = map.randomRecord(using: &random) else { return false }
        record.withKey { body(.bytes($0)) }
        if longByteCount >= 0 {
            let popped = record.withKey { figures(of: $0) }
            count(popped, -1)
        }
        map.remove(at: record.location)
        return true
    }

    // MARK: Figures

    /// How many members have more than `byteCount` bytes, and how many are no integers. A walk when another byte count
    /// was asked for before.
    mutating func figures(longerThan byteCount: Int) -> (long: Int, texts: Int) {
        if longByteCount != byteCount {
            (longByteCount, longCount, textCount) = (byteCount, 0, 0)
            var sum: (long: Int32, texts: Int32) = (0, 0)
            map.forEach { location in
                let member = Record(location, in: vocabulary).withKey { figures(of: $0) }
                sum.long += member.long
                sum.texts += member.texts
            }
            count(sum, 1)
        }
        return (Int(longCount), Int(textCount))
    }

    private func figures(of member: RawSpan) -> (long: Int32, texts: Int32) {
        (member.byteCount > longByteCount ? 1 : 0, member.canonicalInteger == nil ? 1 : 0)
    }

    private mutating func note(_ member: RawSpan, _ change: Int32) { count(figures(of: member), change) }

    private mutating func count(_ figures: (long: Int32, texts: Int32), _ change: Int32) {
        longCount &+= figures.long &* change
        textCount &+= figures.texts &* change
    }

    // MARK: Walking

    /// Calls `body` with every member until it returns false: in rising order when the table is a set of integers,
    /// else in none. False when it did.
    @discardableResult
    func forEach(_ body: (StringValue) -> Bool) -> Bool {
        if isIntegerSet { return integers.allSatisfy { body(.integer($0)) } }
        return forEachRun { bucket, head, records in
            forEachMember(records.presence, ofRun: head, records, bucket, body)
        }
    }

    /// Calls `body` with every run and the number of its pack until it returns false. False when it did.
    @discardableResult
    func forEachRun(_ body: (Int, RunHead, RunBody) -> Bool) -> Bool {
        for bucket in 0..<map.directory.count {
            guard let pack = Pack(bits: map.directory.bits(of: bucket)) else { continue }
            for run in 0..<pack.runCount {
                let head = RunHead(pack: pack, run: run)
                if !body(bucket, head, head.body(in: vocabulary.value)) { return false }
            }
        }
        return true
    }

    /// Calls `body` with the members of a run whose index is in `presence`, until it returns false. False when it did.
    func forEachMember(
        _ presence: UInt64, ofRun head: RunHead, _ records: RunBody, _ bucket: Int, _ body: (StringValue) -> Bool
    ) -> Bool {
        var presence = presence
        while presence != 0 {
            let index = presence.trailingZeroBitCount
            presence &= presence - 1
            let location = PackedMap.Location(bucket: bucket, index: index, head: head, body: records)
            if !Record(location, in: vocabulary).withKey({ body(.bytes($0)) }) { return false }
        }
        return true
    }

    /// The members of a set of integers in rising order.
    var integers: [Int64] {
        var members: [Int64] = []
        members.reserveCapacity(count)
        map.forEach { location in
            if let member = Record(location, in: vocabulary).withKey({ $0.canonicalInteger }) { members.append(member) }
        }
        members.sort()
        return members
    }

    /// An equal table that shares nothing with this one.
    func copied() -> MemberTable {
        var copy = MemberTable(vocabulary: vocabulary, isIntegerSet: isIntegerSet)
        map.forEach { location in
            Record(location, in: vocabulary).withKey { _ = copy.add($0) }
        }
        return copy
    }

    /// Everything that the allocator set aside for this table, its box included.
    var allocatedByteCount: Int {
        map.packByteCount + map.outsideByteCount + map.directoryByteCount + Self.boxByteCount
    }

    /// What the allocator sets aside for a box of a table.
    private static let boxByteCount = Box<MemberTable>.probedByteCount()
}

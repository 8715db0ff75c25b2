internal import SnugMemory

/// A large sorted set: a packed map from member to score, and the index of the order. What OBJECT ENCODING calls
/// `skiplist`, and sorted sets within the limits of a listpack that are too large for one leaf.
///
/// A score that is an integer below 2^53 is stored as one, others as their eight bytes. -0 is 0.
///
/// Invariant: the map and the index hold the same members with the same scores.
struct SortedSetTable: ~Copyable {
    var map: PackedMap
    var index: OrderedIndex
    /// Whether the limits of a listpack hold.
    var isListpack: Bool
    /// The step of the longest member that was put in since the table was made (`HistogramStep`).
    private(set) var longestStep: UInt8 = 0

    init(vocabulary: Box<Vocabulary>, isListpack: Bool) {
        map = PackedMap(vocabulary: vocabulary, countsShapes: false)
        index = OrderedIndex(scratch: vocabulary.value.ordered)
        self.isListpack = isListpack
    }

    var count: Int { index.count }

    var vocabulary: Box<Vocabulary> { map.vocabulary }

    /// Where the record of a member is, or would go.
    @inline(__always)
    private func locate(_ member: RawSpan) -> PackedMap.Location {
        let vocabulary = vocabulary
        vocabulary.value.field.read(member)
        return map.locate(vocabulary.value.field)
    }

    private func score(_ location: PackedMap.Location) -> Double? {
        guard location.isPresent else { return nil }
        let cell = location.cell
        if cell.kind == .integer { return Double(cell.integer) }
        return Double(bitPattern: cell.block.load(UInt64.self, at: cell.offset))
    }

    func score(of member: RawSpan) -> Double? { score(locate(member)) }

    // MARK: Changing

    /// Gives a member the score that `decide` makes of the one it has, nil when it is not there; or leaves it as it is
    /// when `decide` gives nil. The member must not lie in this table.
    mutating func update(_ member: RawSpan, _ decide: (Double?) -> Double?) -> (former: Double?, now: Double?) {
        let location = locate(member)
        let former = score(location)
        guard let decided = decide(former) else { return (former, nil) }
        let score = decided + 0.0
        if former == score { return (former, score) }
        longestStep = max(longestStep, UInt8(truncatingIfNeeded: HistogramStep.step(of: member.byteCount)))
        store(score, at: location)
        if let former {
            let wasThere = index.remove(member, score: former)
            assert(wasThere, "a member that the index does not know")
        }
        index.insert(member, score: score)
        return (former, score)
    }

    private mutating func store(_ score: Double, at location: PackedMap.Location) {
        let vocabulary = vocabulary
        if let integer = Int64(exactly: score), integer.magnitude < 1 << 53 {
            map.store(
                Payload(integer: integer), expiry: nil, access: nil, at: location, key: vocabulary.value.field)
        } else {
            let bits = InlineArray<8, UInt8> { UInt8(truncatingIfNeeded: score.bitPattern >> UInt64($0 * 8)) }
            map.store(
                Payload(.bytes, bits.rawBytes), expiry: nil, access: nil, at: location, key: vocabulary.value.field)
        }
    }

    /// Removes a member; false when it is not there.
    mutating func remove(_ member: RawSpan) -> Bool {
        let location = locate(member)
        guard let score = score(location) else { return false }
        map.remove(at: location)
        let wasThere = index.remove(member, score: score)
        assert(wasThere, "a member that the index does not know")
        return true
    }

    /// Removes the members of these ranks, which must be there.
    mutating func remove(ranks: Range<Int>) {
        var members = GrowableBytes()
        var ends: [Int] = []
        var left = ranks.count
        while left > 0 {
            // The members are taken down in parts, because the map changes while they are removed.
            let part = ranks.lowerBound..<ranks.lowerBound + min(left, 256)
            members.truncate(to: 0)
            ends.removeAll(keepingCapacity: true)
            index.forEach(ranks: part) { member, _ in
                members.append(member)
                ends.append(members.count)
            }
            var start = 0
            for end in ends {
                map.remove(at: locate(members.bytes.slice(from: start, count: end - start)))
                start = end
            }
            index.remove(ranks: part)
            left -= part.count
        }
    }

    /// Calls `body` with the members of one step of a scan. Returns the cursor to go on from, 0 at the end.
    func scan(from cursor: UInt64, minimumCount: Int, _ body: (RawSpan, Double) -> Void) -> UInt64 {
        map.scan(from: cursor, minimumCount: minimumCount) { record in
            guard let score = score(record.location) else { return }
            record.withKey { body($0, score) }
        }
    }

    /// An equal table that shares nothing with this one.
    func copied() -> SortedSetTable {
        var copy = SortedSetTable(vocabulary: vocabulary, isListpack: isListpack)
        map.forEach { location in
            guard let score = score(location) else { return }
            Record(location, in: vocabulary).withKey { _ = copy.update($0) { _ in score } }
        }
        return copy
    }

    /// Everything that the allocator set aside for this table, its box included.
    var allocatedByteCount: Int {
        map.packByteCount + map.outsideByteCount + map.directoryByteCount + index.allocatedByteCount
            + Self.boxByteCount
    }

    /// What the allocator sets aside for a box of a table.
    private static let boxByteCount = Box<SortedSetTable>.probedByteCount()
}

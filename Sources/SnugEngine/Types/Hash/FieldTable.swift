internal import SnugMemory

/// A hash in a packed map of its own: what OBJECT ENCODING calls `hashtable`, and listpacks of many rising numbers.
///
/// A hash within the limits of a listpack shows its fields in the order in which they were added. When they are
/// non-negative integers and each was larger than those before, the order of numbers is that order, and no bytes are
/// spent on keeping it.
struct FieldTable: ~Copyable {
    var map: PackedMap
    /// Whether the fields are non-negative integers that were added in rising order, and the limits of a listpack hold.
    var isInOrder: Bool
    /// The largest field of a table in order, -1 without one.
    private var last: Int64 = -1

    init(vocabulary: Box<Vocabulary>, isInOrder: Bool) {
        map = PackedMap(vocabulary: vocabulary, countsShapes: false)
        self.isInOrder = isInOrder
    }

    var count: Int { map.count }

    private var vocabulary: Box<Vocabulary> { map.vocabulary }

    /// Where the record of a field is, or would go.
    @inline(__always)
    func locate(_ field: RawSpan) -> PackedMap.Location {
        let vocabulary = vocabulary
        vocabulary.value.field.read(field)
        return map.locate(vocabulary.value.field)
    }

    /// The value of a field, or nil.
    @inline(__always) @_lifetime(borrow owner)
    func value<Owner: ~Copyable & ~Escapable>(of field: RawSpan, owner: borrowing Owner) -> StringValue? {
        let location = locate(field)
        guard location.isPresent else { return nil }
        return location.cell.string(in: vocabulary, of: owner)
    }

    // MARK: Changing

    /// Whether a table in order stays in order when the field is set.
    func keepsOrder(_ field: RawSpan) -> Bool {
        guard let number = field.canonicalInteger, number >= 0 else { return false }
        return number > last || locate(field).isPresent
    }

    /// Sets a field. True when it is new. It does not expire any more unless `keepsExpiry`. The value must not lie in
    /// this table.
    mutating func setField(_ field: RawSpan, to value: StringValue, keepsExpiry: Bool = false) -> Bool {
        let location = locate(field)
        let isNew = !location.isPresent
        if isInOrder, isNew, let number = field.canonicalInteger { last = number }
        let expiry = keepsExpiry ? location.expiry : nil
        StringForm.withPayload(of: value, vocabulary) { store($0, expiry: expiry, at: location) }
        return isNew
    }

    private mutating func store(_ payload: borrowing Payload, expiry: Int64?, at location: PackedMap.Location) {
        let vocabulary = vocabulary
        map.store(payload, expiry: expiry, access: nil, at: location, key: vocabulary.value.field)
    }

    // MARK: Expiry

    /// When the first field expires, or a time before that; nil when none does.
    var firstExpiry: Int64? { map.expiringCount > 0 ? map.due?.value.least : nil }

    func expiry(of field: RawSpan) -> FieldExpiry {
        let location = locate(field)
        guard location.isPresent else { return .noField }
        return location.expiry.map { .at($0) } ?? .never
    }

    /// Makes a field expire at `expiry`, milliseconds since 1970, or never if nil. False when it is not there.
    mutating func setExpiry(_ expiry: Int64?, of field: RawSpan) -> Bool {
        let location = locate(field)
        guard location.isPresent else { return false }
        map.setExpiry(expiry, at: location)
        return true
    }

    /// Removes the fields whose time is not after `now`; returns how many they were.
    mutating func removeExpired(at now: Int64) -> Int {
        var removed = 0
        var pack = 0
        while let next = map.firstDuePack(at: now, from: pack) {
            removed += map.removeDue(inPack: next, at: now)
            pack = next + 1
        }
        map.shrinkToFit()
        return removed
    }

    /// Removes a field. False when it is not there.
    mutating func removeField(_ field: RawSpan) -> Bool {
        let location = locate(field)
        guard location.isPresent else { return false }
        map.remove(at: location)
        return true
    }

    // MARK: Walking

    /// Calls `body` with every field and its value: in rising order when the table is in order, else in none.
    func forEach(_ body: (StringValue, StringValue) -> Void) {
        if isInOrder {
            forEachInOrder(body)
        } else {
            map.forEach { give($0, body) }
        }
    }

    /// Calls `body` with the field and the value of a record.
    @inline(__always)
    func give(_ location: PackedMap.Location, _ body: (StringValue, StringValue) -> Void) {
        Record(location, in: vocabulary).withKey { field in
            let value = location.cell.string(in: vocabulary, of: self)
            body(.bytes(field), value)
        }
    }

    private struct Found: Error {}

    /// Whether a field or a value has at least `byteCount` bytes. A walk until one is found.
    func hasFieldOrValue(ofAtLeast byteCount: Int) -> Bool {
        do throws(Found) {
            try map.forEach { (location) throws(Found) in
                if location.cell.stringByteCount >= byteCount { throw Found() }
                let isLongField = Record(location, in: vocabulary).withKey { $0.byteCount >= byteCount }
                if isLongField { throw Found() }
            }
            return false
        } catch {
            return true
        }
    }

    private func forEachInOrder(_ body: (StringValue, StringValue) -> Void) {
        var runs: [(first: Int64, location: PackedMap.Location)] = []
        map.forEach { location in
            // A run's first record stands for it.
            guard location.rank == 0 else { return }
            let number = Record(location, in: vocabulary).withKey { $0.canonicalInteger }
            runs.append((number ?? 0, location))
        }
        runs.sort { $0.first < $1.first }
        for run in runs {
            guard let head = run.location.head, let records = run.location.body else { continue }
            var presence = records.presence
            while presence != 0 {
                let index = presence.trailingZeroBitCount
                presence &= presence - 1
                give(PackedMap.Location(bucket: run.location.bucket, index: index, head: head, body: records), body)
            }
        }
    }

    /// An equal table that shares nothing with this one.
    func copied() -> FieldTable {
        var copy = FieldTable(vocabulary: vocabulary, isInOrder: isInOrder)
        copy.last = last
        map.forEach { location in
            Record(location, in: vocabulary).withKey { field in
                _ = copy.setField(field, to: location.cell.string(in: vocabulary, of: self))
                if let expiry = location.expiry { _ = copy.setExpiry(expiry, of: field) }
            }
        }
        copy.last = last
        return copy
    }

    /// Everything that the allocator set aside for this table, its box included.
    var allocatedByteCount: Int {
        map.packByteCount + map.outsideByteCount + map.directoryByteCount + Self.boxByteCount
    }

    /// What the allocator sets aside for a box of a table.
    private static let boxByteCount: Int = {
        let probe = Block.allocate(byteCount: MemoryLayout<FieldTable>.stride)
        defer { probe.free() }
        return probe.allocatedByteCount
    }()
}

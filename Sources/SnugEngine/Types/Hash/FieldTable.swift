internal import SnugMemory

/// A hash in a packed map of its own: what OBJECT ENCODING calls `hashtable`, and large listpacks.
///
/// A hash within the limits of a listpack shows its fields in the order in which they were added. When they are
/// non-negative integers and each was larger than those before, the order of numbers is that order, and no bytes are
/// spent on keeping it. Otherwise each record has the number of its addition where keys have their access data, in
/// three bytes.
struct FieldTable: ~Copyable {
    /// What the order of the fields is.
    enum Order: UInt8 {
        /// None: the hash is past the limits of a listpack.
        case none
        /// Rising: the fields are non-negative integers, none expires, and each was larger than those before.
        case rising
        /// By time of expiry, then by addition. A field whose expiry changes counts as added anew, as in Redis.
        case addition
    }

    var map: PackedMap
    private(set) var order: Order
    /// The step of the longest field or value that was put in since the table was made or put in order
    /// (`HistogramStep`).
    private(set) var longestStep: UInt8 = 0
    /// The largest field of a rising table, or the last number of an addition; -1 without one.
    private var last: Int64 = -1
    /// How many records have a field or a value of more than `longByteCount` bytes; nobody knows while that is -1.
    private var longRecordCount: Int32 = 0
    private var longByteCount: Int32 = -1

    init(vocabulary: Box<Vocabulary>, order: Order) {
        map = PackedMap(vocabulary: vocabulary, countsShapes: false)
        self.order = order
    }

    var count: Int { map.count }

    /// Whether the hash is within the limits of a listpack.
    var isListpack: Bool { order != .none }

    /// What OBJECT ENCODING says.
    var encoding: Encoding {
        if order == .none { return .hashTable }
        return map.expiringCount > 0 ? .listpackWithExpiry : .listpack
    }

    var vocabulary: Box<Vocabulary> { map.vocabulary }

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

    /// Sets a field. True when it is new. It does not expire any more unless `keepsExpiry`. The value must not lie in
    /// this table.
    mutating func setField(_ field: RawSpan, to value: StringValue, keepsExpiry: Bool = false) -> Bool {
        prepareAddition()
        var location = locate(field)
        let isNew = !location.isPresent
        if isNew && order == .rising && !noteRising(field) {
            orderByAddition()
            location = locate(field)
        }
        let longest = HistogramStep.step(of: max(field.byteCount, value.byteCount))
        longestStep = max(longestStep, UInt8(truncatingIfNeeded: longest))
        if longByteCount >= 0 { noteLength(of: field, value, insteadOf: location) }
        let former = location.expiry
        var addition: UInt32?
        if order == .addition {
            addition = isNew || former != nil && !keepsExpiry ? nextAddition() : location.access
        }
        StringForm.withPayload(of: value, vocabulary) {
            store($0, expiry: keepsExpiry ? former : nil, addition: addition, at: location)
        }
        return isNew
    }

    /// Whether a new field keeps a rising table rising; then it is the largest from now on.
    private mutating func noteRising(_ field: RawSpan) -> Bool {
        guard let number = field.canonicalInteger, number > last else { return false }
        last = number
        return true
    }

    private mutating func store(
        _ payload: borrowing Payload, expiry: Int64?, addition: UInt32?, at location: PackedMap.Location
    ) {
        let vocabulary = vocabulary
        map.store(payload, expiry: expiry, access: addition, at: location, key: vocabulary.value.field)
    }

    // MARK: Order

    /// The number of one more addition.
    private mutating func nextAddition() -> UInt32 {
        last = min(last + 1, Self.additionMax)
        return UInt32(truncatingIfNeeded: last)
    }

    /// Numbers the additions anew when the last number has been given. In a table of millions of fields that would
    /// have to be done too often: what is added to it from then on is in no order.
    private mutating func prepareAddition() {
        if order == .addition && last == Self.additionMax && count < Self.additionMax / 2 { orderByAddition() }
    }

    /// Keeps the fields in the order in which they are now, for a hash that is in the limits of a listpack. A walk.
    mutating func orderByAddition() {
        var numbers: [RecordPlace: UInt32] = [:]
        for (number, place) in placesInOrder().enumerated() {
            numbers[place] = UInt32(min(number, Int(Self.additionMax)))
        }
        map.setAccess { numbers[RecordPlace($0)] }
        order = .addition
        last = min(Int64(count) - 1, Self.additionMax)
        findLongest()
    }

    private mutating func findLongest() {
        var longest = 0
        map.forEach { location in
            let fieldByteCount = Record(location, in: vocabulary).withKey { $0.byteCount }
            longest = max(longest, fieldByteCount, location.cell.stringByteCount)
        }
        longestStep = UInt8(truncatingIfNeeded: HistogramStep.step(of: longest))
    }

    /// Gives the order up, because the hash has passed the limits of a listpack. A walk.
    mutating func dropOrder() {
        if order == .addition { map.setAccess { _ in nil } }
        order = .none
        last = -1
        longByteCount = -1
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
        if order == .rising && expiry != nil { orderByAddition() }
        prepareAddition()
        let location = locate(field)
        guard location.isPresent else { return false }
        if order == .addition { map.setAccess(nextAddition(), at: location) }
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
        if removed > 0 { longByteCount = -1 }
        return removed
    }

    /// Removes a field. False when it is not there.
    mutating func removeField(_ field: RawSpan) -> Bool {
        let location = locate(field)
        guard location.isPresent else { return false }
        if longByteCount >= 0 && isLong(field, location) { longRecordCount -= 1 }
        map.remove(at: location)
        return true
    }

    // MARK: Lengths

    /// Whether any field or value has more than `byteCount` bytes. A walk when asked for the first time, and again
    /// after fields have expired or with another `byteCount`; else constant time.
    mutating func hasRecord(longerThan byteCount: Int) -> Bool {
        let byteCount = Int32(clamping: byteCount)
        if longByteCount != byteCount {
            longByteCount = byteCount
            var count: Int32 = 0
            forEachRecord { field, location in if isLong(field, location) { count += 1 } }
            longRecordCount = count
        }
        return longRecordCount > 0
    }

    private func isLong(_ field: RawSpan, _ location: PackedMap.Location) -> Bool {
        max(field.byteCount, location.cell.stringByteCount) > Int(longByteCount)
    }

    private mutating func noteLength(
        of field: RawSpan, _ value: borrowing StringValue, insteadOf location: PackedMap.Location
    ) {
        if location.isPresent && isLong(field, location) { longRecordCount -= 1 }
        if max(field.byteCount, value.byteCount) > Int(longByteCount) { longRecordCount += 1 }
    }

    // MARK: Walking

    /// Calls `body` with every field and its value, in the table's order.
    func forEach(_ body: (StringValue, StringValue) -> Void) {
        forEachRecord { field, location in
            let value = location.cell.string(in: vocabulary, of: self)
            body(.bytes(field), value)
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

    /// Calls `body` with every field and its record, in the table's order.
    @inline(__always)
    func forEachRecord(_ body: (RawSpan, PackedMap.Location) -> Void) {
        func visit(_ location: PackedMap.Location) {
            Record(location, in: vocabulary).withKey { body($0, location) }
        }
        if order == .none {
            map.forEach(visit)
        } else {
            for place in placesInOrder() { visit(map.location(of: place)) }
        }
    }

    /// An equal table that shares nothing with this one.
    func copied() -> FieldTable {
        var copy = FieldTable(vocabulary: vocabulary, order: order)
        forEachRecord { field, location in
            _ = copy.setField(field, to: location.cell.string(in: vocabulary, of: self))
            if let expiry = location.expiry { _ = copy.setExpiry(expiry, of: field) }
        }
        return copy
    }

    /// Everything that the allocator set aside for this table, its box included.
    var allocatedByteCount: Int {
        map.packByteCount + map.outsideByteCount + map.directoryByteCount + Self.boxByteCount
    }

    /// Bytes in use by fields and values.
    var usedByteCount: Int { map.usedByteCount + map.outsideByteCount }

    /// What the allocator sets aside for a box of a table.
    private static let boxByteCount = Box<FieldTable>.probedByteCount()
}

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

    /// Sets a field. True when it is new. The value must not lie in this table.
    mutating func setField(_ field: RawSpan, to value: StringValue) -> Bool {
        let location = locate(field)
        let isNew = !location.isPresent
        if isInOrder, isNew, let number = field.canonicalInteger { last = number }
        switch copy value {
        case .integer(let integer): store(Payload(integer: integer), at: location)
        case .bytes(let text): storeText(text, at: location)
        }
        return isNew
    }

    private mutating func storeText(_ text: RawSpan, at location: PackedMap.Location) {
        let vocabulary = vocabulary
        if text.byteCount > StringForm.packedByteCountMax {
            let string = LongString.make(byteCount: text.byteCount)
            string.store(text, at: 0)
            let bytes = Reference(string, isRaw: false).bytes
            store(Payload(.reference, bytes.rawBytes), at: location)
        } else if let kind = StringForm.pack(text, vocabulary) {
            store(Payload(kind, vocabulary.value.packedText.bytes), at: location)
        } else {
            store(Payload(.bytes, text), at: location)
        }
    }

    private mutating func store(_ payload: borrowing Payload, at location: PackedMap.Location) {
        let vocabulary = vocabulary
        map.store(payload, expiry: nil, access: nil, at: location, key: vocabulary.value.field)
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
        var text = GrowableBytes()
        forEach { field, value in
            text.truncate(to: 0)
            field.withBytes { text.append($0) }
            _ = copy.setField(text.bytes, to: value)
        }
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

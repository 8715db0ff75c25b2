internal import SnugMemory

/// A hash, borrowed for reading. Made by one lookup of its key; every method works on the same hash.
///
/// Fields of a hash that OBJECT ENCODING calls listpack come in the order in which they were added, those of a
/// hashtable in no order. Values are views that live until the next is read, or the borrow ends.
package struct HashView: ~Escapable {
    private enum Form: BitwiseCopyable {
        case compact(Cell)
        case table(Box<FieldTable>)
    }

    private let cell: Cell
    private let form: Form
    private let vocabulary: Box<Vocabulary>

    @_lifetime(borrow owner)
    init<Owner: ~Copyable & ~Escapable>(_ cell: Cell, in vocabulary: Box<Vocabulary>, of owner: borrowing Owner) {
        self.vocabulary = vocabulary
        self.cell = cell
        guard cell.kind == .reference else {
            form = .compact(cell)
            return
        }
        let reference = cell.reference
        form = reference.kind == .table ? .table(reference.table) : .compact(cell)
    }

    /// How many fields there are, at least one. Constant time in a table, a walk otherwise.
    package var count: Int {
        switch form {
        case .compact(let cell): CompactHashReader(cell.compactBytes(of: self)).count
        case .table(let table): table.value.count
        }
    }

    /// How many fields there are that are not past their time. A walk when any expires.
    func liveCount(at now: Int64) -> Int {
        switch form {
        case .compact(let cell):
            let reader = CompactHashReader(cell.compactBytes(of: self))
            return reader.count - reader.expired(at: now, base: vocabulary.value.expiryBase).count
        case .table(let table):
            var expired = 0
            table.value.map.forEach { if let expiry = $0.expiry, expiry <= now { expired += 1 } }
            return count - expired
        }
    }

    /// What OBJECT ENCODING says.
    package var encoding: Encoding { cell.encoding }

    /// The value of `field`, or nil. Constant time in a table, a walk otherwise.
    @_lifetime(borrow self)
    package func value(of field: RawSpan) -> StringValue? {
        cell.fieldValue(of: field, in: vocabulary, owner: self)
    }

    /// When a field expires. Constant time in a table, a walk otherwise.
    package func expiry(of field: RawSpan) -> FieldExpiry {
        switch form {
        case .compact(let cell):
            CompactHash.expiry(
                of: field, in: cell.compactBytes(of: self), names: vocabulary.value.names,
                base: vocabulary.value.expiryBase)
        case .table(let table): table.value.expiry(of: field)
        }
    }

    /// Calls `body` with every field and its value.
    @inline(__always)
    package func forEach(_ body: (StringValue, StringValue) -> Void) {
        switch form {
        case .compact(let cell):
            CompactHashReader(cell.compactBytes(of: self)).forEach(names: vocabulary.value.names, body)
        case .table(let table): table.value.forEach(body)
        }
    }

    /// Calls `body` with every field, its value, and when it expires, milliseconds since 1970, or nil.
    package func forEachWithExpiry(_ body: (StringValue, StringValue, Int64?) -> Void) {
        switch form {
        case .compact(let cell):
            let reader = CompactHashReader(cell.compactBytes(of: self))
            var offset = 0
            var expiry: Int64?
            while offset < reader.endOffset {
                expiry = reader.expiry(at: offset, base: vocabulary.value.expiryBase, former: expiry)
                body(reader.field(at: offset, names: vocabulary.value.names), reader.value(at: offset), expiry)
                offset = reader.offset(after: offset)
            }
        case .table(let table):
            table.value.forEachRecord { field, location in
                body(.bytes(field), location.cell.string(in: vocabulary, of: self), location.expiry)
            }
        }
    }

    /// When the first field expires, milliseconds since 1970, nil when none does. Constant time in compact bytes, a
    /// walk in a table.
    package var earliestExpiry: Int64? {
        switch form {
        case .compact(let cell):
            return CompactHashReader(cell.compactBytes(of: self)).firstExpiry(base: vocabulary.value.expiryBase)
        case .table(let table):
            guard table.value.map.expiringCount > 0 else { return nil }
            var earliest: Int64?
            table.value.map.forEach { location in
                if let expiry = location.expiry { earliest = min(earliest ?? expiry, expiry) }
            }
            return earliest
        }
    }

    /// Calls `body` with some fields and their values from `cursor` on, 0 at the start, and returns the cursor to go on
    /// from, 0 at the end. A listpack is given whole. From a hashtable come at least `minimumCount` fields unless ten
    /// times as many packs hold fewer; every field that is there throughout a scan comes at least once.
    package func scan(from cursor: UInt64, minimumCount: Int, _ body: (StringValue, StringValue) -> Void) -> UInt64 {
        guard case .table(let table) = form, !table.value.isListpack else {
            forEach(body)
            return 0
        }
        return table.value.map.scan(from: cursor, minimumCount: minimumCount) {
            table.value.give($0.location, body)
        }
    }

    // MARK: Drawing

    /// One field, drawn with nearly equal chances. Constant time in a table, a walk otherwise.
    package func withRandomField(using random: inout RandomSource, _ body: (StringValue) -> Void) {
        forEachRandom(1, using: &random) { field, _ in body(field) }
    }

    /// Calls `body` with `drawn` fields, each drawn from all with nearly equal chances, so that fields may repeat.
    package func forEachRandom(
        _ drawn: Int, using random: inout RandomSource, _ body: (StringValue, StringValue) -> Void
    ) {
        if case .table(let table) = form {
            for _ in 0..<drawn {
                guard let record = table.value.map.randomRecord(using: &random) else { return }
                table.value.give(record.location, body)
            }
            return
        }
        let count = UInt64(count)
        if drawn == 1 {
            give(Int(random.next(below: count)), body)
            return
        }
        let places = pairPlaces()
        for _ in 0..<drawn { give(at: places[Int(random.next(below: count))], body) }
    }

    /// Calls `body` with the pair of an index from the front.
    private func give(_ index: Int, _ body: (StringValue, StringValue) -> Void) {
        switch form {
        case .compact(let cell):
            guard let place = CompactHashReader(cell.compactBytes(of: self)).offset(ofIndex: index) else { return }
            give(at: place, body)
        case .table: preconditionFailure("a table has no places")
        }
    }

    /// Calls `body` with the pair that begins at a byte.
    private func give(at place: Int, _ body: (StringValue, StringValue) -> Void) {
        switch form {
        case .compact(let cell):
            let reader = CompactHashReader(cell.compactBytes(of: self))
            body(reader.field(at: place, names: vocabulary.value.names), reader.value(at: place))
        case .table: preconditionFailure("a table has no places")
        }
    }

    private func pairPlaces() -> [Int] {
        var places: [Int] = []
        switch form {
        case .compact(let cell):
            let reader = CompactHashReader(cell.compactBytes(of: self))
            var place = 0
            while place < reader.endOffset {
                places.append(place)
                place = reader.offset(after: place)
            }
        case .table: break
        }
        return places
    }

    /// Calls `body` with `drawn` different fields, at most `count`; every choice of that many is nearly equally likely.
    /// Few of many are drawn one by one; otherwise all fields are passed once and each is taken with the chance that
    /// makes the number come out.
    package func forEachDistinctRandom(
        _ drawn: Int, using random: inout RandomSource, _ body: (StringValue, StringValue) -> Void
    ) {
        let count = self.count
        if case .table(let table) = form, drawn < count / 3 {
            return drawDistinct(drawn, of: table, using: &random, body)
        }
        var left = count
        var wanted = min(drawn, count)
        forEach { field, value in
            if wanted > 0 && random.next(below: UInt64(left)) < UInt64(wanted) {
                wanted -= 1
                body(field, value)
            }
            left -= 1
        }
    }

    private func drawDistinct(
        _ drawn: Int, of table: Box<FieldTable>, using random: inout RandomSource,
        _ body: (StringValue, StringValue) -> Void
    ) {
        var seen: Set<RecordPlace> = []
        while seen.count < drawn {
            guard let record = table.value.map.randomRecord(using: &random) else { return }
            if seen.insert(RecordPlace(record.location)).inserted { table.value.give(record.location, body) }
        }
    }
}

extension Cell {
    /// The value of a field of the hash that this is, or nil.
    @inline(__always) @_lifetime(borrow owner)
    func fieldValue<Owner: ~Copyable & ~Escapable>(
        of field: RawSpan, in vocabulary: Box<Vocabulary>, owner: borrowing Owner
    ) -> StringValue? {
        guard kind == .reference else {
            return CompactHashReader(bytes(of: owner)).value(of: field, names: vocabulary.value.names)
        }
        let reference = reference
        if reference.kind == .table { return reference.table.value.value(of: field, owner: owner) }
        return CompactHashReader(compactBytes(of: owner)).value(of: field, names: vocabulary.value.names)
    }
}

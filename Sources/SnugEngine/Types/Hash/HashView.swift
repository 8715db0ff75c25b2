internal import SnugMemory

/// A hash, borrowed for reading. Made by one lookup of its key; every method works on the same hash.
///
/// Fields of a listpack come in the order in which they were added, those of a table in no order. Values are views that
/// live as long as the borrow.
package struct HashView: ~Escapable {
    private let entry: Entry

    @_lifetime(borrow owner)
    init<Owner: ~Copyable & ~Escapable>(_ entry: Entry, of owner: borrowing Owner) {
        self.entry = entry
    }

    /// How many fields there are, at least one. Constant time, but a walk for a listpack of more than 32767 fields.
    package var count: Int { entry.fieldCount }

    /// The value of `field`, or nil. Constant time in a table, a walk in a listpack.
    @_lifetime(borrow self)
    package func value(of field: RawSpan) -> StringValue? {
        entry.fieldValue(of: field, owner: self)
    }

    /// Calls `body` with every field and its value.
    @inline(__always)
    package func forEach(_ body: (StringValue, StringValue) -> Void) {
        guard entry.kind == .listpack else {
            entry.fieldTable.value.forEach { body(.bytes($0.key(of: self)), $0.string(of: self)) }
            return
        }
        let reader = entry.listpack.reader(of: self)
        var offset = reader.firstOffset
        while offset < reader.endOffset {
            let valueOffset = reader.offset(after: offset)
            body(reader.value(at: offset), reader.value(at: valueOffset))
            offset = reader.offset(after: valueOffset)
        }
    }

    /// Calls `body` with some fields and their values from `cursor` on, 0 at the start, and returns the cursor to go on
    /// from, 0 at the end. A listpack is given whole. From a table come at least `minimumCount` fields unless ten times
    /// as many buckets hold fewer; every field that is there throughout a scan comes at least once.
    package func scan(from cursor: UInt64, minimumCount: Int, _ body: (StringValue, StringValue) -> Void) -> UInt64 {
        guard entry.kind == .hashTable else {
            forEach(body)
            return 0
        }
        return entry.fieldTable.value.scan(from: cursor, minimumCount: minimumCount) {
            body(.bytes($0.key(of: self)), $0.string(of: self))
        }
    }

    // MARK: Drawing

    /// One field, drawn with nearly equal chances. Constant time in a table, a walk in a listpack.
    @_lifetime(borrow self)
    package func randomField(using random: inout RandomSource) -> StringValue {
        guard entry.kind == .listpack else {
            guard let field = entry.fieldTable.value.randomEntry(using: &random) else {
                preconditionFailure("a hash without fields")
            }
            return .bytes(field.key(of: self))
        }
        let reader = entry.listpack.reader(of: self)
        let index = random.next(below: UInt64(count))
        guard let offset = reader.offset(ofIndex: Int(index) * 2) else { preconditionFailure("a hash without fields") }
        return reader.value(at: offset)
    }

    /// Calls `body` with `drawn` fields, each drawn from all with nearly equal chances, so that fields may repeat.
    package func forEachRandom(
        _ drawn: Int, using random: inout RandomSource, _ body: (StringValue, StringValue) -> Void
    ) {
        guard entry.kind == .listpack else {
            for _ in 0..<drawn {
                guard let field = entry.fieldTable.value.randomEntry(using: &random) else { return }
                body(.bytes(field.key(of: self)), field.string(of: self))
            }
            return
        }
        let reader = entry.listpack.reader(of: self)
        let places = fieldPlaces(in: reader)
        for _ in 0..<drawn {
            let offset = places[Int(random.next(below: UInt64(places.count)))]
            body(reader.value(at: offset), reader.value(at: reader.offset(after: offset)))
        }
    }

    private func fieldPlaces(in reader: borrowing ListpackReader) -> [Int] {
        var places: [Int] = []
        var offset = reader.firstOffset
        while offset < reader.endOffset {
            places.append(offset)
            offset = reader.offset(after: reader.offset(after: offset))
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
        if entry.kind == .hashTable && drawn < count / 3 {
            return drawDistinct(drawn, using: &random, body)
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
        _ drawn: Int, using random: inout RandomSource, _ body: (StringValue, StringValue) -> Void
    ) {
        var seen: Set<UInt64> = []
        while seen.count < drawn {
            guard let field = entry.fieldTable.value.randomEntry(using: &random) else { return }
            if seen.insert(field.block.bits).inserted {
                body(.bytes(field.key(of: self)), field.string(of: self))
            }
        }
    }
}

internal import SnugMemory

/// Changes of a record that keep the forms of its run's columns. Each says whether it could; if not, nothing has
/// changed and the run is laid out anew.
extension PackedMap {
    func setExpiryInPlace(_ expiry: Int64?, _ body: RunBody, rank: Int) -> Bool {
        switch body.expiryForm {
        case .none: return false
        case .one:
            guard let expiry, body.count == 1 else { return false }
            body.block.store(expiry, at: body.expiryOffset)
            return true
        case .short:
            let window = expiry.map { shortExpiryWindow($0, base: vocabulary.value.expiryWindow) } ?? RunBody.noWindow
            guard let expiry, window != RunBody.noWindow else { return false }
            let flags = body.block.load(UInt8.self, at: body.start)
            body.block.store(flags & 0x1f | window << 5, at: body.start)
            body.block.store(UInt32(truncatingIfNeeded: expiry), at: body.expiryOffset)
            return true
        case .some:
            guard let expiry else {
                guard body.expiringCount > 1 else { return false }
                body.expiries.column[rank] = 0
                return true
            }
            guard let number = body.expiryNumber(expiry) else { return false }
            body.expiries.column[rank] = number
            return true
        }
    }

    // MARK: Replacing

    func replaceInPlace(_ payload: borrowing Payload, _ body: RunBody, rank: Int, _ change: inout PackChange) -> Bool {
        guard body.form == RunBody.columns else {
            replaceOnly(payload, body, &change)
            return true
        }
        switch body.valueForm {
        case .integers: return replaceInteger(payload, body, rank: rank, &change)
        case .fixed:
            let cell = body.cell(at: rank)
            guard cell.kind == payload.kind && cell.byteCount == payload.byteCount else { return false }
            payload.store(to: cell.block, at: cell.offset)
            return true
        case .cells: return replaceCell(payload, body, rank: rank, &change)
        case .words:
            guard let word = body.word(equalTo: payload) else { return false }
            let words = body.words
            let former = words[rank]
            words[rank] = UInt64(word)
            // A word that nobody has any more is in the way of a better form.
            if former == UInt64(word) || words.contains(former, count: body.count) { return true }
            words[rank] = former
            return false
        }
    }

    /// Puts a string in the place of one of the same kind that has as many bytes, or an integer where the column stays
    /// as it is. Nothing but the payload's bytes has to be counted then. False, and nothing changes, when more would
    /// change.
    @inline(__always)
    func overwrite(_ payload: borrowing Payload, at location: Location) -> Bool {
        guard let body = location.body, location.isPresent else { return false }
        if body.form == RunBody.columns {
            switch body.valueForm {
            case .integers: return overwriteInteger(payload, body, at: location)
            case .words: return false
            case .fixed, .cells: break
            }
        }
        guard payload.kind != .reference, payload.kind != .compact else { return false }
        let cell = body.cell(at: location.rank)
        guard cell.kind == payload.kind, cell.byteCount == payload.byteCount else { return false }
        payload.store(to: cell.block, at: cell.offset)
        return true
    }

    /// The same for a record of which the rest stays too, but for its access data.
    @inline(__always)
    func overwrite(_ payload: borrowing Payload, expiry: Int64?, access: UInt32?, at location: Location) -> Bool {
        guard let body = location.body, expiry == location.expiry, (access != nil) == body.hasAccess,
            overwrite(payload, at: location)
        else { return false }
        if let access { body.storeAccess(access, at: location.rank) }
        return true
    }

    @inline(__always)
    private func overwriteInteger(_ payload: borrowing Payload, _ body: RunBody, at location: Location) -> Bool {
        let (base, column) = body.integers
        guard payload.kind == .integer, let number = column.number(payload.integer, base: base) else { return false }
        let former = base &+ Int64(bitPattern: column[location.rank])
        guard column.replace(at: location.rank, with: number, count: body.count) else { return false }
        let added = payload.byteCount - significantByteCount(zigzag(former))
        if added != 0 && countsShapes {
            vocabulary.value.encodings.addPayload(
                added, form: ValueForm(.string, .integer), template: location.head?.template)
        }
        return true
    }

    private func replaceOnly(_ payload: borrowing Payload, _ body: RunBody, _ change: inout PackChange) {
        let offset = body.valueOffset - change.start
        let flagsOffset = body.start - change.start
        let former = body.end - body.valueOffset
        if former != payload.byteCount { change.splice(at: offset, removing: former, adding: payload.byteCount) }
        let block = change.pack.block
        payload.store(to: block, at: change.start + offset)
        switch body.form {
        case RunBody.withMore: block.storeKindWithMore(payload.kind, at: change.start + flagsOffset)
        case RunBody.lone...: block.storeForm(RunBody.lone + payload.kind.rawValue, at: change.start)
        default: block.storeForm(payload.kind.rawValue, at: change.start)
        }
    }

    private func replaceInteger(
        _ payload: borrowing Payload, _ body: RunBody, rank: Int, _ change: inout PackChange
    ) -> Bool {
        let (base, column) = body.integers
        guard payload.kind == .integer, payload.integer >= base else { return false }
        let number = UInt64(bitPattern: payload.integer &- base)
        if number > IntegerColumn.largest(column.width) {
            return widenIntegers(body, toHold: number, at: rank, &change)
        }
        return column.replace(at: rank, with: number, count: body.count)
    }

    /// Gives the integers a width of up to four bits at which one of them can be `number`: counters pass these widths
    /// soon. At larger ones another form may be better.
    private func widenIntegers(
        _ body: RunBody, toHold number: UInt64, at rank: Int, _ change: inout PackChange
    ) -> Bool {
        let width = IntegerColumn.width(of: number)
        guard width <= IntegerColumn.narrowWidthMax else { return false }
        let (count, narrow) = (body.count, body.integers.column)
        let headOffset = body.valueOffset - change.start
        let offset = narrow.offset - change.start
        let before = IntegerColumn.byteCount(narrow.width, count: count)
        let added = IntegerColumn.byteCount(width, count: count) - before
        change.splice(at: offset + before, removing: 0, adding: added)
        let block = change.pack.block
        block.fill(0, at: change.start + offset + before, byteCount: added)
        IntegerColumn(block: block, offset: change.start + offset, width: narrow.width).widen(to: width, count: count)
        IntegerColumn(block: block, offset: change.start + offset, width: width)[rank] = number
        let head = block.load(UInt8.self, at: change.start + headOffset)
        block.store(head & 0xf0 | width, at: change.start + headOffset)
        return true
    }

    private func replaceCell(
        _ payload: borrowing Payload, _ body: RunBody, rank: Int, _ change: inout PackChange
    ) -> Bool {
        let cell = body.cell(at: rank)
        if cell.kind == payload.kind && cell.byteCount == payload.byteCount {
            payload.store(to: cell.block, at: cell.offset)
            return true
        }
        guard body.isTooLargeToReconsider else { return false }
        let headByteCount = CellHead.byteCount(ofPayload: cell.byteCount)
        let offset = cell.offset - headByteCount - change.start
        change.spliceCell(payload, at: offset, removing: headByteCount + cell.byteCount)
        return true
    }

    // MARK: Inserting

    func insertInPlace(
        _ payload: borrowing Payload, expiry: Int64?, access: UInt32?, _ body: RunBody, rank: Int, index: Int,
        _ change: inout PackChange
    ) -> Bool {
        let count = body.count
        guard body.form == RunBody.columns, body.presenceForm == .bitmap, (access != nil) == body.hasAccess,
            count + 1 < RunBody.slotCount, body.fitsAnother(payload)
        else { return false }
        // At these counts a better form is looked for.
        if count + 1 & count == 0 && !body.isNarrow { return false }
        var expiryNumber: UInt64 = 0
        switch body.expiryForm {
        case .none: guard expiry == nil else { return false }
        case .one, .short: guard expiry == body.expiry(at: 0) else { return false }
        case .some:
            guard let number = expiry.map({ body.expiryNumber($0) }) ?? 0 else { return false }
            expiryNumber = number
        }
        // All that is read from `body` is read before the pack may move.
        let value = ValueInsertion(payload, body, rank: rank, start: change.start)
        let presenceOffset = body.start + 1 - change.start
        let presence = body.presence | 1 << UInt64(index)
        let accessOffset = body.accessOffset + 3 * rank - change.start
        var shift = body.expiryForm == .some ? insertExpiry(expiryNumber, body, rank: rank, &change) : 0
        if let access {
            change.splice(at: accessOffset + shift, removing: 0, adding: 3)
            change.pack.block.storeInteger(UInt64(access), at: change.start + accessOffset + shift, byteCount: 3)
            shift += 3
        }
        value.perform(payload, shift: shift, &change)
        change.pack.block.store(presence, at: change.start + presenceOffset)
        return true
    }

    /// Returns by how much what stands behind has moved.
    private func insertExpiry(_ number: UInt64, _ body: RunBody, rank: Int, _ change: inout PackChange) -> Int {
        let count = body.count
        let column = body.expiries.column
        let offset = column.offset - change.start
        let before = IntegerColumn.byteCount(column.width, count: count)
        let added = IntegerColumn.byteCount(column.width, count: count + 1) - before
        if added > 0 { change.splice(at: offset + before, removing: 0, adding: added) }
        IntegerColumn(block: change.pack.block, offset: change.start + offset, width: column.width)
            .insert(number, at: rank, count: count)
        return added
    }

    // MARK: Removing

    func removeInPlace(_ body: RunBody, rank: Int, index: Int, _ change: inout PackChange) -> Bool {
        let count = body.count
        guard body.form == RunBody.columns, body.presenceForm != .list, count - 1 > RunBody.listedCountMax else {
            return false
        }
        // At these counts a better form is looked for.
        if count & (count - 1) == 0 && !body.isNarrow { return false }
        guard let gaps = RemovalGaps(body, rank: rank, start: change.start) else { return false }
        let presence = body.presence & ~(1 << UInt64(index))
        let formsOffset = body.start - change.start
        if body.presenceForm == .bitmap { body.block.store(presence, at: body.start + 1) }
        gaps.close(&change)
        if body.presenceForm == .all { insertPresence(presence, at: formsOffset, &change) }
        return true
    }

    /// Gives a run that had all records, whose values are narrow, the bits of those that are left, behind the byte of
    /// its forms.
    private func insertPresence(_ presence: UInt64, at formsOffset: Int, _ change: inout PackChange) {
        change.splice(at: formsOffset + 1, removing: 0, adding: MemoryLayout<UInt64>.size)
        let (block, offset) = (change.pack.block, change.start + formsOffset)
        let forms = block.load(UInt8.self, at: offset)
        block.store(forms & ~3 | RunBody.Presence.bitmap.rawValue, at: offset)
        block.store(presence, at: offset + 1)
    }
}

extension Block {
    /// Changes the kind in the first bytes of a body with more.
    fileprivate func storeKindWithMore(_ kind: CellKind, at start: Int) {
        let flags = load(UInt8.self, at: start)
        guard flags & 7 == RunBody.loneMark else { return store(flags & 0xf8 | kind.rawValue, at: start) }
        store(flags & 0xe7 | (kind.rawValue & 3) << 3, at: start)
        store(load(UInt8.self, at: start + 1) & 0xbf | (kind.rawValue & 4) << 4, at: start + 1)
    }
}

/// Where a payload goes among the values of a run, in offsets from where the run's contents begin.
private struct ValueInsertion {
    private let form: RunBody.Values
    private let place: Int
    private let rank: Int
    private let count: Int
    private var number: UInt64 = 0
    private var width: UInt8 = 0

    init(_ payload: borrowing Payload, _ body: RunBody, rank: Int, start: Int) {
        form = body.valueForm
        self.rank = rank
        count = body.count
        switch form {
        case .integers:
            let (base, column) = body.integers
            place = column.offset - start
            number = UInt64(bitPattern: payload.integer &- base)
            width = column.width
        case .fixed: place = body.cell(at: rank).offset - start
        case .cells:
            var cell = body.valueOffset
            for _ in 0..<rank { cell = CellHead.end(body.block, at: cell) }
            place = cell - start
        case .words:
            let words = body.words
            place = words.offset - start
            number = UInt64(body.word(equalTo: payload) ?? 0)
            width = words.width
        }
    }

    /// `shift` is by how much the values have moved behind the column of expiries.
    func perform(_ payload: borrowing Payload, shift: Int, _ change: inout PackChange) {
        let offset = place + shift
        switch form {
        case .integers, .words:
            let before = IntegerColumn.byteCount(width, count: count)
            let added = IntegerColumn.byteCount(width, count: count + 1) - before
            if added > 0 { change.splice(at: offset + before, removing: 0, adding: added) }
            IntegerColumn(block: change.pack.block, offset: change.start + offset, width: width)
                .insert(number, at: rank, count: count)
        case .fixed:
            change.splice(at: offset, removing: 0, adding: payload.byteCount)
            payload.store(to: change.pack.block, at: change.start + offset)
        case .cells: change.spliceCell(payload, at: offset, removing: 0)
        }
    }
}

/// The bytes that a record's removal leaves without use in the columns of its run, as offsets from where the run's
/// contents begin.
private struct RemovalGaps {
    private var values: Range<Int>
    private var access = 0..<0
    private var expiries = 0..<0

    /// Closes the gaps inside columns of integers and says which bytes are left over. Nil, with nothing changed, when a
    /// better form may be had without the record.
    init?(_ body: RunBody, rank: Int, start: Int) {
        let count = body.count
        if body.expiryForm == .some && body.expiries.column[rank] != 0 && body.expiringCount == 1 { return nil }
        switch body.valueForm {
        case .integers: values = Self.gap(in: body.integers.column, count: count, at: rank)
        case .fixed:
            let cell = body.cell(at: rank)
            values = cell.offset..<cell.offset + cell.byteCount
        case .cells:
            guard body.isTooLargeToReconsider else { return nil }
            let cell = body.cell(at: rank)
            let end = cell.offset + cell.byteCount
            values = cell.offset - CellHead.byteCount(ofPayload: cell.byteCount)..<end
        case .words:
            let words = body.words
            // A word that nobody has any more is in the way of a better form.
            guard words.width == 0 || words.contains(words[rank], count: count, besides: rank) else { return nil }
            values = Self.gap(in: words, count: count, at: rank)
        }
        if body.hasAccess {
            let offset = body.accessOffset + 3 * rank
            access = offset..<offset + 3
        }
        if body.expiryForm == .some { expiries = Self.gap(in: body.expiries.column, count: count, at: rank) }
        values = values.lowerBound - start..<values.upperBound - start
        access = access.lowerBound - start..<access.upperBound - start
        expiries = expiries.lowerBound - start..<expiries.upperBound - start
    }

    private static func gap(in column: IntegerColumn, count: Int, at rank: Int) -> Range<Int> {
        column.remove(at: rank, count: count)
        let end = column.offset + IntegerColumn.byteCount(column.width, count: count)
        return column.offset + IntegerColumn.byteCount(column.width, count: count - 1)..<end
    }

    /// Gives the bytes back, the last ones first.
    func close(_ change: inout PackChange) {
        for gap in [values, access, expiries] where !gap.isEmpty {
            change.splice(at: gap.lowerBound, removing: gap.count, adding: 0)
        }
    }
}

extension RunBody {
    /// What stands for an expiry in the column, or nil when it does not fit.
    fileprivate func expiryNumber(_ expiry: Int64) -> UInt64? {
        let (base, column) = expiries
        guard expiry >= base else { return nil }
        let number = UInt64(bitPattern: expiry &- base) &+ 1
        return number <= IntegerColumn.largest(column.width) ? number : nil
    }

    /// Whether a payload can be put among the values as they are.
    fileprivate func fitsAnother(_ payload: borrowing Payload) -> Bool {
        switch valueForm {
        case .integers:
            let (base, column) = integers
            return payload.kind == .integer && column.number(payload.integer, base: base) != nil
        case .fixed:
            let first = CellHead.read(block, at: valueOffset)
            return first.kind == payload.kind && first.byteCount == payload.byteCount
        case .cells: return isTooLargeToReconsider
        case .words: return word(equalTo: payload) != nil
        }
    }

    /// Whether cells stay as they are; smaller runs look for a better form at each change.
    fileprivate var isTooLargeToReconsider: Bool { end - start > 512 }

    /// Whether the values take less than a byte each, so that no other form can be much better.
    fileprivate var isNarrow: Bool {
        valueForm == .integers && integers.column.width <= IntegerColumn.narrowWidthMax
            || valueForm == .words && words.width < 3
    }

    /// Which of the words a payload equals.
    fileprivate func word(equalTo payload: borrowing Payload) -> Int? {
        var offset = valueOffset + 1
        for word in 0..<wordCount {
            let cell = CellHead.read(block, at: offset)
            if cell.kind == payload.kind && cell.byteCount == payload.byteCount && cell.integer == payload.integer
                && (cell.kind == .integer || cell.bytes(of: block).isEqual(to: payload.bytes))
            {
                return word
            }
            offset = cell.offset + cell.byteCount
        }
        return nil
    }
}

extension IntegerColumn {
    /// What stands for an integer in a column with that base, or nil when it does not fit.
    fileprivate func number(_ integer: Int64, base: Int64) -> UInt64? {
        guard integer >= base else { return nil }
        let number = UInt64(bitPattern: integer &- base)
        return number <= Self.largest(width) ? number : nil
    }
}

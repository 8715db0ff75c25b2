internal import SnugMemory

/// The records of one run taken apart, to be changed in any way and laid out anew in the smallest form. Reused; it
/// allocates nothing once its buffers have grown. Payloads stay where they are until `encode` copies them.
struct RunScratch: ~Copyable {
    /// One after the other, for 64 records each: integers, expiries, offsets, byte counts, access data, kinds, indexes.
    private let slots = Block.allocate(byteCount: RunBody.slotCount * (8 + 8 + 4 + 4 + 4 + 1 + 1))
    /// The laid out body.
    private(set) var output = Block.allocate(byteCount: 1024)
    private(set) var outputByteCount = 0
    /// The payload of a changed record.
    private var changed = GrowableBytes()
    private var source: Block?
    private(set) var count = 0
    private(set) var expiringCount = 0
    private var hasAccess = false

    deinit {
        slots.free()
        output.free()
    }

    var allocatedByteCount: Int { slots.allocatedByteCount + output.allocatedByteCount + changed.capacity }

    // MARK: Slots

    private static let expiryOffset = RunBody.slotCount * 8
    private static let offsetOffset = expiryOffset + RunBody.slotCount * 8
    private static let byteCountOffset = offsetOffset + RunBody.slotCount * 4
    private static let accessOffset = byteCountOffset + RunBody.slotCount * 4
    private static let kindOffset = accessOffset + RunBody.slotCount * 4
    private static let indexOffset = kindOffset + RunBody.slotCount
    /// In the place of an expiry: there is none.
    private static let noExpiry = Int64.min
    /// The time itself, but for the one that says that there is none: a moment later, and just as past.
    static func storable(_ expiry: Int64) -> Int64 { max(expiry, noExpiry + 1) }
    /// In the place of an offset: the payload is in `changed`.
    private static let isChanged = UInt32.max

    func kind(_ rank: Int) -> CellKind {
        CellKind(rawValue: slots.load(UInt8.self, at: Self.kindOffset + rank)) ?? .bytes
    }
    func integer(_ rank: Int) -> Int64 { slots.load(Int64.self, at: rank << 3) }
    func byteCount(_ rank: Int) -> Int { Int(slots.load(UInt32.self, at: Self.byteCountOffset + rank << 2)) }
    func expiry(_ rank: Int) -> Int64 { slots.load(Int64.self, at: Self.expiryOffset + rank << 3) }
    func access(_ rank: Int) -> UInt32 { slots.load(UInt32.self, at: Self.accessOffset + rank << 2) }
    func index(_ rank: Int) -> UInt8 { slots.load(UInt8.self, at: Self.indexOffset + rank) }

    @_lifetime(borrow self)
    func payload(_ rank: Int) -> RawSpan {
        let offset = slots.load(UInt32.self, at: Self.offsetOffset + rank << 2)
        if offset == Self.isChanged { return changed.bytes }
        guard let source else { return RawSpan() }
        return source.bytes(at: Int(offset), count: byteCount(rank), of: self)
    }

    private func store(
        _ rank: Int, index: Int, kind: CellKind, integer: Int64, offset: UInt32, byteCount: Int
    ) {
        slots.store(integer, at: rank << 3)
        slots.store(offset, at: Self.offsetOffset + rank << 2)
        slots.store(UInt32(byteCount), at: Self.byteCountOffset + rank << 2)
        slots.store(kind.rawValue, at: Self.kindOffset + rank)
        slots.store(UInt8(index), at: Self.indexOffset + rank)
    }

    private func storeExpiry(_ expiry: Int64?, _ rank: Int) {
        slots.store(expiry ?? Self.noExpiry, at: Self.expiryOffset + rank << 3)
    }

    // MARK: Taking apart

    /// Begins with no records.
    mutating func clear() {
        count = 0
        expiringCount = 0
        hasAccess = false
        source = nil
    }

    /// Begins with the records of a run.
    mutating func load(_ body: RunBody) {
        source = body.block
        count = body.count
        hasAccess = body.hasAccess
        var presence = body.presence
        var cellOffset = body.valueOffset
        let walksCells = body.form == RunBody.columns && body.valueForm == .cells
        expiringCount = 0
        for rank in 0..<count {
            let index = presence.trailingZeroBitCount
            presence &= presence &- 1
            let cell = walksCells ? CellHead.read(body.block, at: cellOffset) : body.cell(at: rank)
            cellOffset = cell.offset &+ cell.byteCount
            store(
                rank, index: index, kind: cell.kind, integer: cell.integer, offset: UInt32(cell.offset),
                byteCount: cell.byteCount)
            let expiry = body.expiry(at: rank)
            if expiry != nil { expiringCount += 1 }
            storeExpiry(expiry, rank)
            slots.store(body.access(at: rank) ?? 0, at: Self.accessOffset + rank << 2)
        }
    }

    // MARK: Changing

    /// Sets the record of an index, which is at `rank`; `isNew` when it is not there yet. With access data all records
    /// have some; without, none.
    mutating func set(
        _ index: Int, at rank: Int, isNew: Bool, to payload: borrowing Payload, expiry: Int64?, access: UInt32?
    ) {
        if isNew { insertSlot(at: rank) }
        changed.truncate(to: 0)
        changed.append(payload.bytes)
        store(
            rank, index: index, kind: payload.kind, integer: payload.integer, offset: Self.isChanged,
            byteCount: payload.byteCount)
        setAccess(access, at: rank)
        if isNew { storeExpiry(nil, rank) }
        setExpiry(expiry, at: rank)
    }

    mutating func setExpiry(_ expiry: Int64?, at rank: Int) {
        if self.expiry(rank) != Self.noExpiry { expiringCount -= 1 }
        if expiry != nil { expiringCount += 1 }
        storeExpiry(expiry, rank)
    }

    /// Records that had no access data get the same: when they were used is not known, and so it is taken to be now.
    /// With nil, no record has any.
    mutating func setAccess(_ access: UInt32?, at rank: Int) {
        guard let access else {
            hasAccess = false
            return
        }
        if !hasAccess {
            for other in 0..<count { slots.store(access, at: Self.accessOffset + other << 2) }
            hasAccess = true
        }
        slots.store(access, at: Self.accessOffset + rank << 2)
    }

    mutating func remove(at rank: Int) {
        if expiry(rank) != Self.noExpiry { expiringCount -= 1 }
        moveSlots(from: rank + 1, to: rank)
        count -= 1
    }

    private mutating func insertSlot(at rank: Int) {
        precondition(count < RunBody.slotCount, "a run of too many records")
        moveSlots(from: rank, to: rank + 1)
        count += 1
    }

    private func moveSlots(from source: Int, to destination: Int) {
        let moved = count - source
        func move(_ base: Int, _ byteCount: Int) {
            slots.move(
                from: base + source * byteCount, to: base + destination * byteCount, byteCount: moved * byteCount)
        }
        move(0, 8)
        move(Self.expiryOffset, 8)
        move(Self.offsetOffset, 4)
        move(Self.byteCountOffset, 4)
        move(Self.accessOffset, 4)
        move(Self.kindOffset, 1)
        move(Self.indexOffset, 1)
    }

    // MARK: Laying out

    /// Lays the records out in `output` and returns the form. There must be one at least. `expiryWindow` is the
    /// vocabulary's.
    mutating func encode(isIndexed: Bool, expiryWindow: UInt16) -> UInt8 {
        let isPlain = expiringCount == 0 && !hasAccess
        if !isIndexed { return encodeSingle(isPlain: isPlain, expiryWindow) }
        if count == 1 && isPlain {
            ensureOutput(1 + byteCount(0))
            output.store(index(0), at: 0)
            storePayload(0, at: 1)
            outputByteCount = 1 + byteCount(0)
            return RunBody.lone + kind(0).rawValue
        }
        if count == 1, let form = encodeLoneWithMore(expiryWindow) { return form }
        let values = ValuesPlan(self)
        ensureOutput(values.byteCount + 1 + 65 + 9 + 8 * count + 3 * count)
        var forms = values.form.rawValue << 2
        var offset = 1
        forms |= writePresence(&offset).rawValue
        forms |= writeExpiries(&offset).rawValue << 5
        if hasAccess {
            forms |= 0x80
            for rank in 0..<count {
                output.storeInteger(UInt64(access(rank)), at: offset, byteCount: 3)
                offset += 3
            }
        }
        output.store(forms, at: 0)
        values.write(self, to: output, at: &offset)
        outputByteCount = offset
        return RunBody.columns
    }

    /// A lone record with an expiry, access data, or both; nil when the expiry is too far from the base for its short
    /// form.
    private mutating func encodeLoneWithMore(_ expiryWindow: UInt16) -> UInt8? {
        var window = RunBody.noWindow
        if expiringCount > 0 {
            window = shortExpiryWindow(expiry(0), base: expiryWindow)
            if window == RunBody.noWindow { return nil }
        }
        ensureOutput(9 + byteCount(0))
        let kind = kind(0).rawValue
        output.store(RunBody.loneMark | (kind & 3) << 3 | window << 5, at: 0)
        output.store(index(0) | (kind & 4) << 4 | (hasAccess ? RunBody.loneAccess : 0), at: 1)
        var offset = 2
        if expiringCount > 0 {
            output.store(UInt32(truncatingIfNeeded: expiry(0)), at: offset)
            offset += 4
        }
        if hasAccess {
            output.storeInteger(UInt64(access(0)), at: offset, byteCount: 3)
            offset += 3
        }
        storePayload(0, at: offset)
        outputByteCount = offset + byteCount(0)
        return RunBody.withMore
    }

    private mutating func encodeSingle(isPlain: Bool, _ expiryWindow: UInt16) -> UInt8 {
        ensureOutput(12 + byteCount(0))
        var offset = 0
        if !isPlain {
            var flags: UInt8 = hasAccess ? 16 : 0
            offset = 1
            if expiringCount > 0 {
                let window = shortExpiryWindow(expiry(0), base: expiryWindow)
                flags |= 8 | window << 5
                let byteCount = window == RunBody.noWindow ? 8 : 4
                output.storeInteger(UInt64(bitPattern: expiry(0)), at: offset, byteCount: byteCount)
                offset += byteCount
            }
            output.store(kind(0).rawValue | flags, at: 0)
            if hasAccess {
                output.storeInteger(UInt64(access(0)), at: offset, byteCount: 3)
                offset += 3
            }
        }
        storePayload(0, at: offset)
        outputByteCount = offset + byteCount(0)
        return isPlain ? kind(0).rawValue : RunBody.withMore
    }

    private mutating func ensureOutput(_ byteCount: Int) {
        if byteCount > output.allocatedByteCount { output = output.resized(to: byteCount) }
    }

    func storePayload(_ rank: Int, at offset: Int) {
        if kind(rank) == .integer {
            output.storeInteger(zigzag(integer(rank)), at: offset, byteCount: byteCount(rank))
        } else {
            output.store(payload(rank), at: offset)
        }
    }

    private func writePresence(_ offset: inout Int) -> RunBody.Presence {
        if count == RunBody.slotCount { return .all }
        if count <= RunBody.listedCountMax {
            output.store(UInt8(count), at: offset)
            for rank in 0..<count { output.store(index(rank), at: offset + 1 + rank) }
            offset += 1 + count
            return .list
        }
        var presence: UInt64 = 0
        for rank in 0..<count { presence |= 1 << UInt64(index(rank)) }
        output.store(presence, at: offset)
        offset += 8
        return .bitmap
    }

    private func writeExpiries(_ offset: inout Int) -> RunBody.Expiries {
        if expiringCount == 0 { return .none }
        var (first, last) = (Int64.max, Int64.min)
        for rank in 0..<count {
            let expiry = expiry(rank)
            if expiry == Self.noExpiry { continue }
            first = min(first, expiry)
            last = max(last, expiry)
        }
        output.store(first, at: offset)
        if expiringCount == count && first == last {
            offset += 8
            return .one
        }
        // One more than the difference; the full range of times does not occur, because a time before 1970 is past.
        let width = IntegerColumn.width(of: UInt64(bitPattern: last &- first) &+ 1)
        output.store(width, at: offset + 8)
        let column = IntegerColumn(block: output, offset: offset + 9, width: width)
        for rank in 0..<count {
            let expiry = expiry(rank)
            column[rank] = expiry == Self.noExpiry ? 0 : UInt64(bitPattern: expiry &- first) &+ 1
        }
        offset += 9 + IntegerColumn.byteCount(width, count: count)
        return .some
    }
}

internal import SnugMemory

/// Storing and removing records. Each of these spends the locations that were got before.
extension PackedMap {
    /// Stores a record at the place that `locate` found for `key`, whatever is there. What the former payload refers to
    /// is released unless `keepsFormer`. `elements` are the figures of a compact payload, nil if only a walk can tell
    /// them. `access` is nil when no access data are kept: then the run loses what it has.
    mutating func store(
        _ payload: borrowing Payload, expiry: Int64?, access: UInt32?, at location: Location,
        key: borrowing KeyReader, keepsFormer: Bool = false, elements: ElementFigures? = nil
    ) {
        let expiry = expiry.map(RunScratch.storable)
        if overwrite(payload, expiry: expiry, access: access, at: location) { return }
        noteFieldExpiry(payload.firstFieldExpiry(in: vocabulary), inPack: location.bucket)
        guard let head = location.head, let body = location.body else {
            addRun(
                payload, expiry: expiry, access: access, bucket: location.bucket, key: key, elements: elements)
            growToFit()
            return
        }
        if location.isPresent && !keepsFormer {
            recount(location.cell, as: payload, template: head.template)
            location.cell.release(vocabulary)
        } else {
            countIn(payload, template: head.template, elements)
        }
        if location.isPresent {
            replace(payload, expiry: expiry, access: access, at: location, head, body)
        } else {
            insert(payload, expiry: expiry, access: access, at: location, head, body, isIndexed: key.isIndexed)
        }
        growToFit()
        // A smaller value may leave too many packs.
        if location.isPresent { shrinkToFit() }
    }

    /// What becomes of the payload of a record that is removed.
    enum Former {
        /// What it refers to is freed.
        case released
        /// What it refers to has another owner from now on.
        case handedOver
        /// It is freed and out of the accounts already.
        case settled
    }

    /// Removes the record.
    mutating func remove(at location: Location, _ former: Former = .released) {
        removeWithoutShrinking(at: location, former)
        shrinkToFit()
    }

    mutating func removeWithoutShrinking(at location: Location, _ former: Former = .released) {
        let vocabulary = vocabulary
        guard location.isPresent, let head = location.head, let body = location.body else {
            preconditionFailure("a record that is not there")
        }
        switch former {
        case .released: release(location.cell, template: head.template)
        case .handedOver: forget(location.cell, template: head.template)
        case .settled: break
        }
        let expiring = body.expiry(at: location.rank) == nil ? 0 : -1
        if body.count == 1 {
            removeRun(head, bucket: location.bucket, expiring: expiring)
            return
        }
        var change = PackChange(head, bucket: location.bucket)
        if !removeInPlace(body, rank: location.rank, index: location.index, &change) {
            vocabulary.value.scratch.load(body)
            vocabulary.value.scratch.remove(at: location.rank)
            rewrite(body, isIndexed: true, &change)
        }
        change.keys = -1
        change.expiring = expiring
        commit(change)
    }

    /// Sets or takes away a record's expiry.
    mutating func setExpiry(_ expiry: Int64?, at location: Location) {
        let vocabulary = vocabulary
        guard location.isPresent, let head = location.head, let body = location.body else {
            preconditionFailure("a record that is not there")
        }
        let former = body.expiry(at: location.rank)
        let expiry = expiry.map(RunScratch.storable)
        guard expiry != former else { return }
        if let expiry { noteDue(expiry, inPack: location.bucket) }
        var change = PackChange(head, bucket: location.bucket)
        change.expiring = (expiry == nil ? 0 : 1) - (former == nil ? 0 : 1)
        if !setExpiryInPlace(expiry, body, rank: location.rank) {
            vocabulary.value.scratch.load(body)
            vocabulary.value.scratch.setExpiry(expiry, at: location.rank)
            rewrite(body, isIndexed: body.isIndexed, &change)
        }
        commit(change)
        growToFit()
    }

    /// Notes access data where the record keeps some; makes it keep some otherwise.
    mutating func setAccess(_ access: UInt32, at location: Location) {
        let vocabulary = vocabulary
        guard location.isPresent, let head = location.head, let body = location.body else { return }
        if body.hasAccess {
            body.storeAccess(access, at: location.rank)
            return
        }
        var change = PackChange(head, bucket: location.bucket)
        vocabulary.value.scratch.load(body)
        vocabulary.value.scratch.setAccess(access, at: location.rank)
        rewrite(body, isIndexed: body.isIndexed, &change)
        commit(change)
        growToFit()
    }

    /// Gives every record the access data that `access` says, or none to all records of a run for one of which it says
    /// nil. A walk; `access` must not change the map.
    mutating func setAccess(_ access: (Location) -> UInt32?) {
        let vocabulary = vocabulary
        for bucket in 0..<directory.count {
            var run = 0
            while let pack = Pack(bits: directory.bits(of: bucket)), run < pack.runCount {
                let head = RunHead(pack: pack, run: run)
                let body = head.body(in: vocabulary.value)
                var change = PackChange(head, bucket: bucket)
                vocabulary.value.scratch.load(body)
                var rest = body.presence
                for rank in 0..<body.count {
                    let index = rest.trailingZeroBitCount
                    rest &= rest - 1
                    let data = access(Location(bucket: bucket, index: index, head: head, body: body))
                    vocabulary.value.scratch.setAccess(data, at: rank)
                }
                rewrite(body, isIndexed: body.isIndexed, &change)
                commit(change)
                run += 1
            }
        }
        growToFit()
        shrinkToFit()
    }

    // MARK: Runs

    private mutating func addRun(
        _ payload: borrowing Payload, expiry: Int64?, access: UInt32?, bucket: Int, key: borrowing KeyReader,
        elements: ElementFigures?
    ) {
        let vocabulary = vocabulary
        let expiryWindow = vocabulary.value.expiryWindow
        let prefix = RunPrefix(key, vocabulary: vocabulary)
        let template = prefix.template
        vocabulary.value.scratch.clear()
        vocabulary.value.scratch.set(
            key.index, at: 0, isNew: true, to: payload, expiry: expiry, access: access)
        let form = vocabulary.value.scratch.encode(
            isIndexed: key.isIndexed, expiryWindow: expiryWindow)
        let bodyByteCount = vocabulary.value.scratch.outputByteCount
        var pack = Pack(bits: directory.bits(of: bucket)) ?? makePack(runByteCount: prefix.byteCount + bodyByteCount)
        let before = pack.runsByteCount
        let contents = pack.append(
            fingerprint: Self.fingerprint(of: key.hash), contentsByteCount: prefix.byteCount + bodyByteCount)
        let boxByteCount = prefix.write(form, key, to: pack.block, at: contents.lowerBound)
        if boxByteCount > 0 { noteOutside(boxByteCount, template: nil) }
        pack.block.store(
            vocabulary.value.scratch.output.bytes(at: 0, count: bodyByteCount, of: pack.block),
            at: contents.lowerBound + prefix.byteCount)
        countIn(payload, template: template, elements)
        if let expiry { noteDue(expiry, inPack: bucket) }
        var change = PackChange(pack, bucket: bucket, template: template, before: before)
        change.keys = 1
        change.expiring = expiry == nil ? 0 : 1
        commit(change)
    }

    private mutating func makePack(runByteCount: Int) -> Pack {
        let pack = Pack.make(runCount: 1, byteCount: runByteCount)
        packByteCount += pack.block.allocatedByteCount
        return pack
    }

    private mutating func removeRun(_ head: RunHead, bucket: Int, expiring: Int) {
        let vocabulary = vocabulary
        if head.isBoxed {
            noteOutside(-head.box.allocatedByteCount, template: nil)
            head.box.free()
        }
        var change = PackChange(head, bucket: bucket)
        change.keys = -1
        change.expiring = expiring
        change.pack.remove(run: head.run, contents: head.start..<head.end)
        let isEmpty = change.pack.runCount == 0
        commit(change)
        if let template = head.template { vocabulary.value.templates.release(template) }
        if isEmpty { dropPack(bucket) }
    }

    /// Gives back a pack without runs.
    mutating func dropPack(_ bucket: Int) {
        guard let pack = Pack(bits: directory.bits(of: bucket)) else { return }
        packByteCount -= pack.block.allocatedByteCount
        pack.block.free()
        directory.set(bucket, to: 0)
        noteLayout()
    }

    /// Puts the scratch's records in the place of a run's body.
    private mutating func rewrite(_ body: RunBody, isIndexed: Bool, _ change: inout PackChange) {
        let vocabulary = vocabulary
        let expiryWindow = vocabulary.value.expiryWindow
        let form = vocabulary.value.scratch.encode(isIndexed: isIndexed, expiryWindow: expiryWindow)
        let count = vocabulary.value.scratch.outputByteCount
        let offset = body.start - change.start
        change.splice(at: offset, removing: body.end - body.start, adding: count)
        let block = change.pack.block
        block.store(
            vocabulary.value.scratch.output.bytes(at: 0, count: count, of: block), at: change.start + offset)
        block.storeForm(form, at: change.start)
    }

    // MARK: Replacing and inserting

    private mutating func replace(
        _ payload: borrowing Payload, expiry: Int64?, access: UInt32?, at location: Location, _ head: RunHead,
        _ body: RunBody
    ) {
        let vocabulary = vocabulary
        let rank = location.rank
        let former = body.expiry(at: rank)
        var change = PackChange(head, bucket: location.bucket)
        change.expiring = (expiry == nil ? 0 : 1) - (former == nil ? 0 : 1)
        if let expiry, expiry != former { noteDue(expiry, inPack: location.bucket) }
        // Access data that nobody needs any more go with the next write.
        let keepsAccess = (access != nil) == body.hasAccess
        if let access, body.hasAccess { body.storeAccess(access, at: rank) }
        if keepsAccess && (expiry == former || setExpiryInPlace(expiry, body, rank: rank))
            && replaceInPlace(payload, body, rank: rank, &change)
        {
            commit(change)
            return
        }
        vocabulary.value.scratch.load(body)
        vocabulary.value.scratch.set(
            location.index, at: rank, isNew: false, to: payload, expiry: expiry, access: access)
        rewrite(body, isIndexed: body.isIndexed, &change)
        commit(change)
    }

    private mutating func insert(
        _ payload: borrowing Payload, expiry: Int64?, access: UInt32?, at location: Location, _ head: RunHead,
        _ body: RunBody, isIndexed: Bool
    ) {
        let vocabulary = vocabulary
        if let expiry { noteDue(expiry, inPack: location.bucket) }
        var change = PackChange(head, bucket: location.bucket)
        change.keys = 1
        change.expiring = expiry == nil ? 0 : 1
        let isInserted = insertInPlace(
            payload, expiry: expiry, access: access, body, rank: location.rank, index: location.index, &change)
        if !isInserted {
            vocabulary.value.scratch.load(body)
            vocabulary.value.scratch.set(
                location.index, at: location.rank, isNew: true, to: payload, expiry: expiry, access: access)
            rewrite(body, isIndexed: isIndexed, &change)
        }
        commit(change)
    }

    // MARK: Keeping accounts

    /// Notes what has happened to a pack.
    mutating func commit(_ change: PackChange) {
        let vocabulary = vocabulary
        let pack = change.pack
        let bytes = pack.runsByteCount - change.before
        usedByteCount += bytes
        packByteCount += pack.allocationChange
        if directory.bits(of: change.bucket) != pack.block.bits { directory.set(change.bucket, to: pack.block.bits) }
        if change.keys != 0 {
            count += change.keys
            pack.keyCount += change.keys
            packKeyCountMax = max(packKeyCountMax, pack.keyCount)
        }
        expiringCount += change.expiring
        guard countsShapes else { return }
        noteLayout()
        vocabulary.value.shapes.add(
            change.template, keys: change.keys, bytes: bytes, expiring: change.expiring)
    }

    /// Notes that `bytes` more are set aside outside of packs for a key of a template.
    private mutating func noteOutside(_ bytes: Int, template: Int?) {
        let vocabulary = vocabulary
        outsideByteCount += bytes
        if countsShapes { vocabulary.value.shapes.add(template, keys: 0, bytes: bytes, expiring: 0) }
    }

    /// Counts a record with this payload among those of its shape.
    @inline(__always)
    private mutating func countIn(_ payload: borrowing Payload, template: Int?, _ elements: ElementFigures? = nil) {
        if countsShapes, let elements, payload.kind == .compact {
            countIn(ValueFigures(compact: payload.bytes, elements), template: template)
        } else if countsShapes {
            countIn(ValueFigures(payload, in: vocabulary), template: template)
        } else if payload.kind == .reference {
            outsideByteCount += Reference(of: payload).allocatedByteCount
        }
    }

    /// Counts a record with another payload than the one that it has.
    private mutating func recount(_ cell: Cell, as payload: borrowing Payload, template: Int?) {
        if countsShapes && cell.kind != .reference && payload.kind != .reference {
            let (former, figures) = (ValueFigures(cell, in: vocabulary), ValueFigures(payload, in: vocabulary))
            if former.form == figures.form && !former.form.hasElements {
                // Strings of one encoding, as they mostly are.
                let added = figures.payloadByteCount - former.payloadByteCount
                if added != 0 { vocabulary.value.encodings.addPayload(added, form: former.form, template: template) }
                return
            }
        }
        forget(cell, template: template)
        countIn(payload, template: template)
    }

    /// Counts a record among those of its shape, and what it has outside of packs. The map must be a keyspace.
    mutating func countIn(_ figures: ValueFigures, template: Int?) {
        let vocabulary = vocabulary
        vocabulary.value.encodings.countIn(figures, template: template)
        if figures.outsideByteCount > 0 { noteOutside(figures.outsideByteCount, template: template) }
    }

    /// Counts a record no longer that was counted with these figures.
    mutating func countOut(_ figures: ValueFigures, template: Int?) {
        let vocabulary = vocabulary
        vocabulary.value.encodings.countOut(figures, template: template)
        if figures.outsideByteCount > 0 { noteOutside(-figures.outsideByteCount, template: template) }
    }

    /// Counts a record anew that was counted with `former`.
    mutating func recount(_ former: ValueFigures, as figures: ValueFigures, template: Int?) {
        guard former.form == figures.form else {
            countOut(former, template: template)
            return countIn(figures, template: template)
        }
        guard figures != former else { return }
        let vocabulary = vocabulary
        vocabulary.value.encodings.recount(former, as: figures, template: template)
        let added = figures.outsideByteCount - former.outsideByteCount
        if added != 0 { noteOutside(added, template: template) }
    }

    /// Frees what a payload refers to.
    private mutating func release(_ cell: Cell, template: Int?) {
        forget(cell, template: template)
        cell.release(vocabulary)
    }

    /// Leaves what a payload refers to to the caller.
    private mutating func forget(_ cell: Cell, template: Int?) {
        if cell.firstFieldExpiry(in: vocabulary) != nil { expiringHashCount -= 1 }
        if countsShapes {
            countOut(ValueFigures(cell, in: vocabulary), template: template)
        } else if cell.kind == .reference {
            outsideByteCount -= cell.reference.allocatedByteCount
        }
    }

    /// Frees what the keys and payloads of a pack refer to, and takes them out of the counts by shape.
    func releaseContents(of pack: Pack) {
        let vocabulary = vocabulary
        for run in 0..<pack.runCount {
            let head = RunHead(pack: pack, run: run)
            let body = head.body(in: vocabulary.value)
            var outside = 0
            if countsShapes || body.mayReferOutside {
                body.forEachCell { cell in
                    if countsShapes {
                        let figures = ValueFigures(cell, in: vocabulary)
                        vocabulary.value.encodings.countOut(figures, template: head.template)
                        outside += figures.outsideByteCount
                    }
                    cell.release(vocabulary)
                }
            }
            if countsShapes {
                vocabulary.value.shapes.add(
                    head.template, keys: -body.count, bytes: -(pack.byteCount(of: run) + outside),
                    expiring: -body.expiringCount)
            }
            if head.isBoxed {
                if countsShapes {
                    vocabulary.value.shapes.add(nil, keys: 0, bytes: -head.box.allocatedByteCount, expiring: 0)
                }
                head.box.free()
            }
            if let template = head.template { vocabulary.value.templates.release(template) }
        }
    }
}

extension Cell {
    /// Frees what the payload refers to.
    fileprivate func release(_ vocabulary: Box<Vocabulary>) {
        if isCompact && compactType == .hash {
            CompactHash.releaseNames(of: compactBytes(of: block), names: &vocabulary.value.names)
        }
        if kind == .reference { reference.release() }
    }
}

/// A pack that is being changed, and what changes with it.
struct PackChange {
    var pack: Pack
    let bucket: Int
    let run: Int
    /// Where the run's contents begin.
    private(set) var start: Int
    let template: Int?
    /// The bytes of the pack's runs before.
    let before: Int
    var keys = 0
    var expiring = 0

    init(_ head: RunHead, bucket: Int) {
        pack = head.pack
        self.bucket = bucket
        run = head.run
        start = head.start
        template = head.template
        before = head.pack.runsByteCount
    }

    /// For a pack to which a run of a template has been added.
    init(_ pack: Pack, bucket: Int, template: Int?, before: Int) {
        self.pack = pack
        self.bucket = bucket
        run = pack.runCount - 1
        start = 0
        self.template = template
        self.before = before
    }

    /// `Pack.splice` for the run, at an offset from where its contents begin.
    mutating func splice(at offset: Int, removing removed: Int, adding added: Int) {
        start = pack.splice(run: run, at: offset, removing: removed, adding: added).lowerBound
    }

    /// Puts a cell at an offset from where the run's contents begin, in the place of `removed` bytes.
    mutating func spliceCell(_ payload: borrowing Payload, at offset: Int, removing removed: Int) {
        let headByteCount = CellHead.byteCount(ofPayload: payload.byteCount)
        splice(at: offset, removing: removed, adding: headByteCount + payload.byteCount)
        CellHead.write(payload.kind, payload.byteCount, to: pack.block, at: start + offset)
        payload.store(to: pack.block, at: start + offset + headByteCount)
    }
}

internal import SnugMemory

/// Records whose time has come.
extension PackedMap {
    /// Sets the time at which a pack is due to what its records say.
    func exactDue(ofPack bucket: Int) -> Int64 {
        guard let pack = Pack(bits: directory.bits(of: bucket)) else { return DueIndex.never }
        var least = DueIndex.never
        for run in 0..<pack.runCount {
            let records = RunHead(pack: pack, run: run).body(in: vocabulary.value)
            if expiringHashCount > 0 { least = min(least, records.firstFieldExpiry(in: vocabulary)) }
            switch records.expiryForm {
            case .none: continue
            case .one, .short: least = min(least, records.expiry(at: 0) ?? least)
            case .some:
                for rank in 0..<records.count { least = min(least, records.expiry(at: rank) ?? least) }
            }
        }
        return least
    }

    /// Does so where the map still has the pack: it may have shrunk since the caller met it.
    mutating func refreshDue(_ bucket: Int) {
        guard let due, bucket < directory.count else { return }
        due.value.set(exactDue(ofPack: bucket), ofPack: bucket)
    }

    /// Notes that a pack has a key that expires at a time.
    mutating func noteDue(_ expiry: Int64, inPack bucket: Int) {
        let index = due ?? Box(DueIndex())
        due = index
        index.value.note(expiry, inPack: bucket, packCount: directory.count)
    }

    /// Notes that a record of a pack has become a hash whose first field expires at a time; nil when none does.
    @inline(__always)
    mutating func noteFieldExpiry(_ expiry: Int64?, inPack bucket: Int) {
        guard let expiry else { return }
        expiringHashCount += 1
        noteDue(expiry, inPack: bucket)
    }

    /// Gives the index of expiries back when no key and no field has one.
    mutating func dropDueIfEmpty() {
        guard expiringCount == 0 && expiringHashCount == 0, let due else { return }
        due.destroy()
        self.due = nil
    }

    /// The next pack from `start` on that may hold records past their time.
    func firstDuePack(at now: Int64, from start: Int) -> Int? { due?.value.firstDue(at: now, from: start) }

    func keyCount(ofPack bucket: Int) -> Int { Pack(bits: directory.bits(of: bucket))?.keyCount ?? 0 }

    /// Removes the records of a pack that are past their time; returns how many they were. Packs keep their numbers
    /// until `shrinkToFit`.
    mutating func removeDue(inPack bucket: Int, at now: Int64) -> Int {
        var removed = 0
        var run = 0
        while let pack = Pack(bits: directory.bits(of: bucket)), run < pack.runCount {
            let head = RunHead(pack: pack, run: run)
            let records = head.body(in: vocabulary.value)
            guard let index = records.firstDueIndex(at: now) else {
                run += 1
                continue
            }
            // The run stays where it is, or another takes its number when this was its last record.
            removeWithoutShrinking(at: Location(bucket: bucket, index: index, head: head, body: records))
            removed += 1
        }
        refreshDue(bucket)
        dropDueIfEmpty()
        return removed
    }

    /// Calls `body` with the keys of a pack whose hashes have fields that may be past their time.
    func forEachKeyWithDueFields(inPack bucket: Int, at now: Int64, _ body: (RawSpan) -> Void) {
        guard let pack = Pack(bits: directory.bits(of: bucket)) else { return }
        for run in 0..<pack.runCount {
            let head = RunHead(pack: pack, run: run)
            let records = head.body(in: vocabulary.value)
            guard records.firstFieldExpiry(in: vocabulary) <= now else { continue }
            var rest = records.presence
            records.forEachCell { cell in
                let index = rest.trailingZeroBitCount
                rest &= rest - 1
                let first = cell.firstFieldExpiry(in: vocabulary) ?? DueIndex.never
                guard first <= now else { return }
                let location = Location(bucket: bucket, index: index, head: head, body: records)
                Record(location, in: vocabulary).withKey(body)
            }
        }
    }
}

extension RunBody {
    /// When the first field of the run's hashes expires, or a time before that; `never` when none does.
    fileprivate func firstFieldExpiry(in vocabulary: Box<Vocabulary>) -> Int64 {
        guard mayReferOutside else { return DueIndex.never }
        var least = DueIndex.never
        forEachCell { least = min(least, $0.firstFieldExpiry(in: vocabulary) ?? DueIndex.never) }
        return least
    }

    /// The first index whose record is past its time.
    fileprivate func firstDueIndex(at now: Int64) -> Int? {
        guard hasExpiries else { return nil }
        var rest = presence
        for rank in 0..<count {
            if let expiry = expiry(at: rank), expiry <= now { return rest.trailingZeroBitCount }
            rest &= rest - 1
        }
        return nil
    }
}

internal import SnugMemory

/// Records whose time has come.
extension PackedMap {
    /// Sets the time at which a pack is due to what its records say.
    func exactDue(ofPack bucket: Int) -> Int64 {
        guard let pack = Pack(bits: directory.bits(of: bucket)) else { return DueIndex.never }
        var least = DueIndex.never
        for run in 0..<pack.runCount {
            let records = RunHead(pack: pack, run: run).body(in: vocabulary.value)
            switch records.expiryForm {
            case .none: continue
            case .one: least = min(least, records.expiry(at: 0) ?? least)
            case .some:
                for rank in 0..<records.count { least = min(least, records.expiry(at: rank) ?? least) }
            }
        }
        return least
    }

    mutating func refreshDue(_ bucket: Int) {
        guard let due else { return }
        due.value.set(exactDue(ofPack: bucket), ofPack: bucket)
    }

    /// Notes that a pack has a key that expires at a time.
    mutating func noteDue(_ expiry: Int64, inPack bucket: Int) {
        let index = due ?? Box(DueIndex())
        due = index
        index.value.note(expiry, inPack: bucket, packCount: directory.count)
    }

    /// Gives the index of expiries back because no key has one.
    private mutating func dropDue() {
        if let due { due.destroy() }
        due = nil
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
        if expiringCount == 0 { dropDue() }
        return removed
    }
}

extension RunBody {
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

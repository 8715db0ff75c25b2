import SnugMemory
import Testing

@testable import SnugEngine

/// Sums over all packs of a map, to be compared with its running totals.
private struct PackedMapSums: Equatable {
    var keys = 0
    var expiring = 0
    var expiringHashes = 0
    var used = 0
    var packs = 0
    var outside = 0
}

extension PackedMap {
    /// Checks the invariants of the map and of every pack, run and body in it.
    func audit(_ place: SourceLocation = #_sourceLocation) {
        var sums = PackedMapSums()
        for bucket in 0..<directory.count {
            guard let pack = Pack(bits: directory.bits(of: bucket)) else { continue }
            #expect(pack.runCount > 0, "a pack without runs", sourceLocation: place)
            #expect(pack.byteCount <= pack.block.allocatedByteCount, sourceLocation: place)
            var used = 0
            var keys = 0
            for run in 0..<pack.runCount {
                audit(RunHead(pack: pack, run: run), bucket, &sums, place)
                keys += RunHead(pack: pack, run: run).body(in: vocabulary.value).count
                used += pack.byteCount(of: run)
            }
            #expect(pack.keyCount == keys && keys <= packKeyCountMax, sourceLocation: place)
            #expect(pack.runsByteCount == used, sourceLocation: place)
            #expect(exactDue(ofPack: bucket) >= due?.value.time(ofPack: bucket) ?? 0, sourceLocation: place)
            sums.keys += keys
            sums.used += used
            sums.packs += pack.block.allocatedByteCount
        }
        let totals = PackedMapSums(
            keys: count, expiring: expiringCount, expiringHashes: expiringHashCount, used: usedByteCount,
            packs: packByteCount, outside: outsideByteCount)
        #expect(sums == totals, sourceLocation: place)
    }

    private func audit(_ head: RunHead, _ bucket: Int, _ sums: inout PackedMapSums, _ place: SourceLocation) {
        let hash = head.hash(in: vocabulary.value)
        #expect(self.bucket(of: hash) == bucket, "a run in another's pack", sourceLocation: place)
        #expect(head.pack.fingerprint(of: head.run) == Self.fingerprint(of: hash), sourceLocation: place)
        let body = head.body(in: vocabulary.value)
        #expect(body.count > 0, "a run without keys", sourceLocation: place)
        let expiring = (0..<body.count).count { body.expiry(at: $0) != nil }
        #expect(expiring == body.expiringCount && (expiring > 0) == body.hasExpiries, sourceLocation: place)
        sums.expiring += expiring
        if head.isBoxed { sums.outside += head.box.allocatedByteCount }
        for rank in 0..<body.count {
            let cell = body.cell(at: rank)
            if cell.firstFieldExpiry(in: vocabulary) != nil { sums.expiringHashes += 1 }
            guard cell.kind == .reference else { continue }
            sums.outside += cell.reference.allocatedByteCount
            if cell.reference.kind == .table { cell.reference.table.value.map.audit(place) }
            if cell.reference.kind == .memberTable { cell.reference.memberTable.value.map.audit(place) }
            if cell.reference.kind == .listTable { cell.reference.listTable.value.audit(place) }
            if cell.reference.kind == .sortedSetTable { cell.reference.sortedSetTable.value.audit(place) }
            if cell.reference.kind == .stream { cell.reference.stream.value.audit(place) }
        }
    }
}

extension ListTable {
    /// Checks the nodes and their sums.
    func audit(_ place: SourceLocation) {
        var (nodes, elements, bytes) = (0, 0, ListpackLayout.emptyByteCount)
        sequence.forEach(0..<count) { _, element in
            elements += 1
            bytes += ListpackElements(StringValue(reading: element.text.rawBytes)).byteCount
            return true
        }
        let audit = CountedTreeAudit(sequence.tree)
        for leaf in audit.leaves { nodes += ListNode(word: leaf.word).allocatedByteCount }
        #expect(elements == count && bytes == listpackByteCount, sourceLocation: place)
        #expect(sequence.allocatedByteCount == nodes + audit.allocatedByteCount, sourceLocation: place)
    }
}

extension SortedSetTable {
    /// Checks the map, and that the index has its members with its scores.
    func audit(_ place: SourceLocation) {
        map.audit(place)
        #expect(map.count == index.count, sourceLocation: place)
        var entries: [ModelEntry] = []
        index.forEach(ranks: 0..<index.count) { member, score in
            entries.append(ModelEntry(score: score, member: member.makeArray()))
        }
        for entry in entries {
            #expect(score(of: entry.member.rawBytes) == entry.score, sourceLocation: place)
        }
        #expect(entries == entries.sorted(), sourceLocation: place)
    }
}

extension Partition {
    /// Checks every database, that the shares of all keys are the data set, and that shapes and encodings
    /// count what is there.
    mutating func audit(_ place: SourceLocation = #_sourceLocation) {
        let former = selected
        var shapes = ShapeCounts.Count()
        for index in databases.indices {
            selected = index
            databases[index].value.map.audit(place)
            var shares = 0
            databases[index].value.map.forEach { shares += databases[index].value.map.byteCountShare(of: $0) }
            let memory = memory(ofDatabase: index)
            #expect(shares == memory.packs + memory.outside, sourceLocation: place)
            shapes.keys += databases[index].value.map.count
            shapes.expiring += databases[index].value.map.expiringCount
            shapes.bytes += databases[index].value.map.usedByteCount + databases[index].value.map.outsideByteCount
        }
        selected = former
        var counted = vocabulary.value.shapes.others
        for count in vocabulary.value.shapes.numbered {
            counted.keys += count.keys
            counted.bytes += count.bytes
            counted.expiring += count.expiring
        }
        #expect(counted == shapes, sourceLocation: place)
        auditEncodings(place)
    }
}

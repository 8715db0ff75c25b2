internal import SnugMemory

/// Where the compaction of a map goes on.
struct CompactionPlace: Equatable {
    var pack = 0
    /// How many of the pack's tables are done, and where in the next it goes on (`Reference.compactTable`). When the
    /// pack has changed since, part of a table is passed over or looked at twice.
    fileprivate(set) var tablesDone = 0
    fileprivate(set) var position = 0

    /// The first place of a map.
    static let beginning = CompactionPlace()
}

/// Moving packs and values where pages are fuller.
extension PackedMap {
    /// Tries to move packs, and what they refer to, from `start` on, until `packCount` packs or about `nodeCount` nodes
    /// have been looked at: strings, compact values, and the packs, leaves and nodes of tables, which are all nodes
    /// here. Returns the place to go on from, the beginning at the end. With a node count of 0, tables stay as they
    /// are.
    mutating func compact(
        from start: CompactionPlace, packCount: Int, nodeCount: Int, using compactor: inout BlockCompactor
    ) -> CompactionPlace {
        let end = min(directory.count, start.pack + packCount)
        guard start.pack < end else { return .beginning }
        var place = start
        var nodesLeft = nodeCount
        while place.pack < end {
            if let pack = Pack(bits: directory.bits(of: place.pack)) {
                if place.tablesDone == 0 && place.position == 0 { compactOutside(pack, using: &compactor) }
                if nodeCount > 0 && !compactTables(pack, &place, &nodesLeft, using: &compactor) { return place }
                // What is set aside stays the same, because the other place is one of the same size.
                if let moved = compactor.move(pack.block, used: pack.byteCount) {
                    directory.set(place.pack, to: moved.bits)
                    noteLayout()
                }
            }
            place = CompactionPlace(pack: place.pack + 1)
        }
        return end == directory.count ? .beginning : place
    }

    /// Calls `body` with each reference of a pack.
    private func forEachReference(_ pack: Pack, _ body: (Cell) -> Void) {
        guard outsideByteCount > 0 else { return }
        for run in 0..<pack.runCount {
            let records = RunHead(pack: pack, run: run).body(in: vocabulary.value)
            guard records.mayReferOutside else { continue }
            records.forEachCell { if $0.kind == .reference { body($0) } }
        }
    }

    private func compactOutside(_ pack: Pack, using compactor: inout BlockCompactor) {
        forEachReference(pack) { cell in
            if let moved = cell.reference.compacted(using: &compactor) { cell.storeReference(moved) }
        }
    }

    /// Goes on with the tables of a pack. False when there is more to do than `nodesLeft` allows.
    private func compactTables(
        _ pack: Pack, _ place: inout CompactionPlace, _ nodesLeft: inout Int, using compactor: inout BlockCompactor
    ) -> Bool {
        var number = 0
        var isDone = true
        forEachReference(pack) { cell in
            guard cell.reference.isTable else { return }
            number += 1
            guard isDone && number > place.tablesDone else { return }
            guard nodesLeft > 0 else {
                isDone = false
                return
            }
            place.position = cell.reference.compactTable(from: place.position, &nodesLeft, using: &compactor)
            if place.position == 0 { place.tablesDone += 1 } else { isDone = false }
        }
        return isDone
    }

    /// Goes on with the packs of a table, from number `start` on. Returns the number to go on from, 0 at the end.
    fileprivate mutating func compactPacks(
        from start: Int, _ nodesLeft: inout Int, using compactor: inout BlockCompactor
    ) -> Int {
        let end = compact(from: CompactionPlace(pack: start), packCount: nodesLeft, nodeCount: 0, using: &compactor)
        nodesLeft -= max(1, (end == .beginning ? directory.count : end.pack) - start)
        return end.pack
    }
}

extension SortedSetTable {
    /// Goes on with the packs of the map, and then with the leaves of the order. A position is the number of a pack, or
    /// the number of packs and a rank.
    fileprivate mutating func compact(
        from position: Int, _ nodesLeft: inout Int, using compactor: inout BlockCompactor
    ) -> Int {
        var rank = position - map.packCount
        if rank < 0 {
            let next = map.compactPacks(from: position, &nodesLeft, using: &compactor)
            if next > 0 { return next }
            if nodesLeft <= 0 { return map.packCount }
            rank = 0
        }
        let examined = compactor.examined
        let next = index.compact(from: rank, leafCount: nodesLeft, using: &compactor)
        nodesLeft -= max(1, compactor.examined - examined)
        return next == 0 ? 0 : map.packCount + next
    }
}

extension Reference {
    fileprivate var isTable: Bool {
        switch kind {
        case .bytes, .rawBytes, .compact, .stream: false
        case .table, .memberTable, .listTable, .sortedSetTable: true
        }
    }

    /// Goes on with a table: at the pack of a hash or set, the element of a list, or what `SortedSetTable` says.
    /// Returns where to go on, 0 at the end.
    fileprivate func compactTable(
        from position: Int, _ nodesLeft: inout Int, using compactor: inout BlockCompactor
    ) -> Int {
        switch kind {
        case .bytes, .rawBytes, .compact, .stream: return 0
        case .table: return table.value.map.compactPacks(from: position, &nodesLeft, using: &compactor)
        case .memberTable: return memberTable.value.map.compactPacks(from: position, &nodesLeft, using: &compactor)
        case .sortedSetTable: return sortedSetTable.value.compact(from: position, &nodesLeft, using: &compactor)
        case .listTable:
            let next = listTable.value.sequence.compact(from: position, nodeCount: nodesLeft, using: &compactor)
            nodesLeft -= min(nodesLeft, listTable.value.sequence.nodeCount)
            return next
        }
    }

    /// The same value in fuller pages, or nil when it stays.
    fileprivate func compacted(using compactor: inout BlockCompactor) -> Reference? {
        switch kind {
        case .bytes, .rawBytes, .compact:
            compactor.move(block, used: LongString.headerByteCount + string.byteCount).map {
                Reference(kind: kind, word: $0.bits)
            }
        case .table, .memberTable, .listTable, .sortedSetTable, .stream: nil
        }
    }
}

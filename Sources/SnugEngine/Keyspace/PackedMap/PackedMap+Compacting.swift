internal import SnugMemory

/// Where the compaction of a map goes on.
struct CompactionPlace: Equatable {
    var pack = 0
    /// How many of the pack's lists in nodes are done, and the element of the next at which it goes on.
    fileprivate(set) var listsDone = 0
    fileprivate(set) var element = 0

    /// The first place of a map.
    static let beginning = CompactionPlace()
}

/// Moving packs and values where pages are fuller.
extension PackedMap {
    /// Tries to move packs, and the strings, compact values and nodes of lists that they refer to, from `start` on,
    /// until `packCount` packs or about `nodeCount` nodes have been looked at. Returns the place to go on from, the
    /// beginning at the end. With a node count of 0, nodes stay where they are.
    mutating func compact(
        from start: CompactionPlace, packCount: Int, nodeCount: Int, using compactor: inout BlockCompactor
    ) -> CompactionPlace {
        let end = min(directory.count, start.pack + packCount)
        guard start.pack < end else { return .beginning }
        var place = start
        var nodesLeft = nodeCount
        while place.pack < end {
            if let pack = Pack(bits: directory.bits(of: place.pack)) {
                if place.listsDone == 0 && place.element == 0 { compactOutside(pack, using: &compactor) }
                if nodeCount > 0 && !compactLists(pack, &place, &nodesLeft, using: &compactor) { return place }
                // What is set aside stays the same, because the other place is one of the same size.
                if let moved = compactor.move(pack.block, used: pack.byteCount) {
                    directory.set(place.pack, to: moved.bits)
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

    /// Goes on with the lists of a pack. False when there is more to do than `nodesLeft` allows.
    private func compactLists(
        _ pack: Pack, _ place: inout CompactionPlace, _ nodesLeft: inout Int, using compactor: inout BlockCompactor
    ) -> Bool {
        var number = 0
        var isDone = true
        forEachReference(pack) { cell in
            guard cell.reference.kind == .listTable else { return }
            number += 1
            guard isDone && number > place.listsDone else { return }
            guard nodesLeft > 0 else { return isDone = false }
            let table = cell.reference.listTable
            place.element = table.value.sequence.compact(from: place.element, nodeCount: nodesLeft, using: &compactor)
            nodesLeft -= min(nodesLeft, table.value.sequence.nodeCount)
            if place.element == 0 { place.listsDone += 1 } else { isDone = false }
        }
        return isDone
    }
}

extension Reference {
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

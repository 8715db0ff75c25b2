internal import SnugMemory

/// Moving packs and values where pages are fuller.
extension PackedMap {
    /// Tries to move packs, and the strings and compact hashes that they refer to, from `start` on, until `packCount`
    /// packs have been looked at. Returns the pack to go on from, 0 at the end.
    mutating func compact(from start: Int, packCount: Int, using compactor: inout BlockCompactor) -> Int {
        let end = min(directory.count, start + packCount)
        guard start < end else { return 0 }
        for bucket in start..<end {
            guard let pack = Pack(bits: directory.bits(of: bucket)) else { continue }
            compactOutside(pack, using: &compactor)
            // What is set aside stays the same, because the other place is one of the same size.
            guard let moved = compactor.move(pack.block, used: pack.byteCount) else { continue }
            directory.set(bucket, to: moved.bits)
        }
        return end == directory.count ? 0 : end
    }

    private mutating func compactOutside(_ pack: Pack, using compactor: inout BlockCompactor) {
        guard outsideByteCount > 0 else { return }
        for run in 0..<pack.runCount {
            let body = RunHead(pack: pack, run: run).body(in: vocabulary.value)
            guard body.mayReferOutside else { continue }
            body.forEachCell { cell in
                guard cell.kind == .reference else { return }
                if let moved = cell.reference.compacted(using: &compactor) { cell.storeReference(moved) }
            }
        }
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
        case .table, .memberTable, .listTable, .sortedSetTable: nil
        }
    }
}

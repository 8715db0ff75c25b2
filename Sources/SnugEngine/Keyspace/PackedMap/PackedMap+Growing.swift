internal import SnugMemory

/// Splitting and merging packs, one at a time.
extension PackedMap {
    /// Splits packs until they have the mean byte count again.
    @inline(__always)
    mutating func growToFit() {
        while usedByteCount > directory.count &* vocabulary.value.packByteCountMean { growByOne() }
    }

    /// Merges packs while they are four times as many as needed.
    mutating func shrinkToFit() {
        while directory.count > 1 && usedByteCount * 4 < directory.count * vocabulary.value.packByteCountMean {
            shrinkByOne()
        }
    }

    /// Splits the pack `split` in two by one more bit of its runs' hashes.
    @inline(never)
    private mutating func growByOne() {
        let bit = UInt64(1) << UInt64(level)
        let source = split
        directory.append()
        noteLayout()
        if let due { due.value.append(packCount: directory.count) }
        let target = directory.count - 1
        if let pack = Pack(bits: directory.bits(of: source)) {
            distribute(pack, leavingIf: bit, from: source, to: target)
        }
        if countsShapes && directory.count > Self.packCountToCompact { compactWithGrowth() }
    }

    /// From how many packs on growth compacts.
    private static let packCountToCompact = 512
    private static let compactedPerSplit = 6

    /// Packs grow through all sizes and leave half empty pages behind; a few are moved each time one is split.
    private mutating func compactWithGrowth() {
        let vocabulary = vocabulary
        var compactor = BlockCompactor()
        let start = CompactionPlace(pack: vocabulary.value.compactedPack)
        vocabulary.value.compactedPack =
            compact(from: start, packCount: Self.compactedPerSplit, nodeCount: 0, using: &compactor).pack
    }

    private mutating func distribute(_ pack: Pack, leavingIf bit: UInt64, from source: Int, to target: Int) {
        let vocabulary = vocabulary
        let runCount = pack.runCount
        vocabulary.value.runMarks.truncate(to: 0)
        var bytes = (staying: 0, leaving: 0)
        var leavingCount = 0
        for run in 0..<runCount {
            let head = RunHead(pack: pack, run: run)
            let leaves = head.hash(in: vocabulary.value) & bit != 0
            vocabulary.value.runMarks.append(leaves ? 1 : 0)
            if leaves {
                leavingCount += 1
                bytes.leaving += pack.byteCount(of: run)
            } else {
                bytes.staying += pack.byteCount(of: run)
            }
        }
        if leavingCount == 0 { return }
        if leavingCount == runCount {
            directory.set(target, to: pack.block.bits)
            directory.set(source, to: 0)
        } else {
            var stays = Pack.make(runCount: runCount - leavingCount, byteCount: bytes.staying)
            var leaves = Pack.make(runCount: leavingCount, byteCount: bytes.leaving)
            for run in 0..<runCount {
                if vocabulary.value.runMarks.bytes[run] == 1 {
                    copy(run, of: pack, to: &leaves)
                } else {
                    copy(run, of: pack, to: &stays)
                }
            }
            usedByteCount += stays.runsByteCount + leaves.runsByteCount - pack.runsByteCount
            packByteCount +=
                stays.block.allocatedByteCount + leaves.block.allocatedByteCount - pack.block.allocatedByteCount
            pack.block.free()
            directory.set(source, to: stays.block.bits)
            directory.set(target, to: leaves.block.bits)
        }
        refreshDue(source)
        refreshDue(target)
    }

    /// Copies a run into another pack. A template that has come to be kept meanwhile is named by its number.
    private mutating func copy(_ run: Int, of pack: Pack, to other: inout Pack) {
        let vocabulary = vocabulary
        let head = RunHead(pack: pack, run: run)
        let fingerprint = pack.fingerprint(of: run)
        let keys = head.body(in: vocabulary.value).count
        other.keyCount += keys
        if let number = newNumber(ofTemplateIn: head) {
            vocabulary.value.templates.retain(number)
            copy(head, number: number, fingerprint: fingerprint, to: &other)
            return
        }
        let count = head.end - head.start
        let contents = other.append(fingerprint: fingerprint, contentsByteCount: count)
        other.block.store(pack.block.bytes(at: head.start, count: count, of: pack), at: contents.lowerBound)
    }

    /// The number of a template that stands in its run though it is kept by now.
    private func newNumber(ofTemplateIn head: RunHead) -> Int? {
        guard head.template == nil && !head.isBoxed else { return nil }
        return head.templateNumber(in: vocabulary.value)
    }

    private mutating func copy(_ head: RunHead, number: Int, fingerprint: UInt8, to other: inout Pack) {
        let vocabulary = vocabulary
        let prefix = number < RunHead.directTemplateCount ? 1 : 3
        let count = head.end - head.partsOffset
        let contents = other.append(fingerprint: fingerprint, contentsByteCount: prefix + count)
        if prefix == 1 {
            other.block.store(head.form | UInt8(number + 1) << 4, at: contents.lowerBound)
        } else {
            other.block.store(head.form | RunHead.numberedTag << 4, at: contents.lowerBound)
            other.block.store(UInt16(number), at: contents.lowerBound + 1)
        }
        other.block.store(
            head.pack.block.bytes(at: head.partsOffset, count: count, of: head.pack),
            at: contents.lowerBound + prefix)
        guard countsShapes else { return }
        let body = head.body(in: vocabulary.value)
        var outside = 0
        body.forEachCell { cell in
            let figures = ValueFigures(cell, in: vocabulary)
            outside += figures.outsideByteCount
            vocabulary.value.encodings.countOut(figures, template: nil)
            vocabulary.value.encodings.countIn(figures, template: number)
        }
        let former = head.pack.byteCount(of: head.run)
        vocabulary.value.shapes.add(nil, keys: -body.count, bytes: -former - outside, expiring: -body.expiringCount)
        vocabulary.value.shapes.add(
            number, keys: body.count, bytes: other.byteCount(of: other.runCount - 1) + outside,
            expiring: body.expiringCount)
    }

    /// Merges the last pack into the one that it was split from.
    @inline(never)
    private mutating func shrinkByOne() {
        let last = directory.count - 1
        // The highest bit of its number is the one by which it was told apart.
        let target = last ^ 1 << (63 - last.leadingZeroBitCount)
        if let leaving = Pack(bits: directory.bits(of: last)) {
            merge(leaving, into: target)
            directory.set(last, to: 0)
        }
        directory.removeLast()
        noteLayout()
        if let due { due.value.removeLast(packCount: directory.count) }
        refreshDue(target)
    }

    private mutating func merge(_ leaving: Pack, into target: Int) {
        guard var pack = Pack(bits: directory.bits(of: target)) else {
            directory.set(target, to: leaving.block.bits)
            return
        }
        let before = pack.runsByteCount
        for run in 0..<leaving.runCount { copy(run, of: leaving, to: &pack) }
        usedByteCount += pack.runsByteCount - before - leaving.runsByteCount
        packByteCount += pack.allocationChange - leaving.block.allocatedByteCount
        leaving.block.free()
        directory.set(target, to: pack.block.bits)
        packKeyCountMax = max(packKeyCountMax, pack.keyCount)
    }
}

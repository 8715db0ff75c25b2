internal import SnugMemory

/// Which form the values of a run take, found by counting the bytes of each that is possible.
struct ValuesPlan: BitwiseCopyable {
    private(set) var form = RunBody.Values.cells
    /// Bytes of the whole column.
    private(set) var byteCount = 0

    private var base: Int64 = 0
    private var width: UInt8 = 0
    /// The ranks at which each different cell first occurs, and how many those are.
    private var words = InlineArray<16, UInt8>(repeating: 0)
    private var wordCount = 0

    /// From how many records on a column of words is thought of.
    private static let wordRecordCountMin = 4
    private static let wordCountMax = 16

    init(_ run: borrowing RunScratch) {
        var allIntegers = true
        var allAlike = true
        var cells = 0
        let (kind, payload) = (run.kind(0), run.byteCount(0))
        for rank in 0..<run.count {
            let (other, count) = (run.kind(rank), run.byteCount(rank))
            if other != .integer { allIntegers = false }
            if other != kind || count != payload { allAlike = false }
            cells += CellHead.byteCount(ofPayload: count) + count
        }
        byteCount = cells
        if allIntegers {
            planIntegers(run)
        } else if allAlike && kind != .integer {
            form = .fixed
            byteCount = CellHead.byteCount(ofPayload: payload) + run.count * payload
        }
        if run.count >= Self.wordRecordCountMin && byteCount > run.count { planWords(run) }
    }

    private mutating func planIntegers(_ run: borrowing RunScratch) {
        var (least, most) = (run.integer(0), run.integer(0))
        for rank in 1..<max(run.count, 1) {
            least = min(least, run.integer(rank))
            most = max(most, run.integer(rank))
        }
        let width = IntegerColumn.width(of: UInt64(bitPattern: most &- least))
        // A base of 0 takes no bytes, and leaves room below.
        let base = least >= 0 && width > 0 && IntegerColumn.width(of: UInt64(most)) == width ? 0 : least
        let bytes = 1 + significantByteCount(zigzag(base)) + IntegerColumn.byteCount(width, count: run.count)
        guard bytes <= byteCount else { return }
        form = .integers
        byteCount = bytes
        self.base = base
        self.width = width
    }

    private mutating func planWords(_ run: borrowing RunScratch) {
        var bytes = 1
        for rank in 0..<run.count {
            guard run.kind(rank).mayBeShared else { return }
            if word(of: rank, run) != nil { continue }
            guard wordCount < Self.wordCountMax else { return }
            words[wordCount] = UInt8(rank)
            wordCount += 1
            bytes += CellHead.byteCount(ofPayload: run.byteCount(rank)) + run.byteCount(rank)
            if bytes >= byteCount { return }
        }
        let width = IntegerColumn.width(of: UInt64(wordCount - 1))
        bytes += IntegerColumn.byteCount(width, count: run.count)
        guard bytes < byteCount else { return }
        form = .words
        byteCount = bytes
        self.width = width
    }

    /// Which of the cells found so far equals that of a rank.
    private func word(of rank: Int, _ run: borrowing RunScratch) -> Int? {
        for word in 0..<wordCount {
            let first = Int(words[word])
            guard run.kind(first) == run.kind(rank), run.byteCount(first) == run.byteCount(rank),
                run.integer(first) == run.integer(rank)
            else { continue }
            if run.kind(rank) == .integer || run.payload(first).isEqual(to: run.payload(rank)) { return word }
        }
        return nil
    }

    // MARK: Writing

    func write(_ run: borrowing RunScratch, to output: Block, at offset: inout Int) {
        let start = offset
        switch form {
        case .integers: writeIntegers(run, to: output, at: &offset)
        case .fixed:
            CellHead.write(run.kind(0), run.byteCount(0), to: output, at: offset)
            offset += CellHead.byteCount(ofPayload: run.byteCount(0))
            for rank in 0..<run.count {
                run.storePayload(rank, at: offset)
                offset += run.byteCount(rank)
            }
        case .cells: for rank in 0..<run.count { writeCell(rank, run, to: output, at: &offset) }
        case .words: writeWords(run, to: output, at: &offset)
        }
        precondition(offset - start == byteCount, "a column of another byte count than planned")
    }

    private func writeCell(_ rank: Int, _ run: borrowing RunScratch, to output: Block, at offset: inout Int) {
        let count = run.byteCount(rank)
        CellHead.write(run.kind(rank), count, to: output, at: offset)
        offset += CellHead.byteCount(ofPayload: count)
        run.storePayload(rank, at: offset)
        offset += count
    }

    private func writeIntegers(_ run: borrowing RunScratch, to output: Block, at offset: inout Int) {
        let number = zigzag(base)
        let baseByteCount = significantByteCount(number)
        output.store(width | UInt8(baseByteCount) << 4, at: offset)
        output.storeInteger(number, at: offset + 1, byteCount: baseByteCount)
        let column = IntegerColumn(block: output, offset: offset + 1 + baseByteCount, width: width)
        for rank in 0..<run.count { column[rank] = UInt64(bitPattern: run.integer(rank) &- base) }
        offset = column.offset + IntegerColumn.byteCount(width, count: run.count)
    }

    private func writeWords(_ run: borrowing RunScratch, to output: Block, at offset: inout Int) {
        output.store(width | UInt8(wordCount - 1) << 2, at: offset)
        offset += 1
        for word in 0..<wordCount { writeCell(Int(words[word]), run, to: output, at: &offset) }
        let column = IntegerColumn(block: output, offset: offset, width: width)
        for rank in 0..<run.count {
            guard let word = word(of: rank, run) else { preconditionFailure("a word that was not found again") }
            column[rank] = UInt64(word)
        }
        offset += IntegerColumn.byteCount(width, count: run.count)
    }
}

internal import SnugMemory

/// Keys, elements and bytes by template, type and encoding, counted as data change: what SNUG ENCODINGS shows.
/// Nothing is kept for a key.
///
///     rows       ┌───┬───┬───┬─────┐   one for each template, the first for keys whose template is not kept:
///                │ 4 │ 4 │ 4 │  …  │   one more than the number of its first cell, 0 without one
///                └─┬─┴───┴───┴─────┘
///                  ▼
///     cell       ┌────────┬────────┬────────────┬───────────┬───────────┬────────┬─────────┬─────────────┐
///                │ next 4 │ form 1 │ histogr. 4 │ (7 empty) │ keys    8 │ elem. 8│ payl. 8 │ outside   8 │
///                └────────┴────────┴────────────┴───────────┴───────────┴────────┴─────────┴─────────────┘
///     histogram  ┌─────────────────────────────┬─────────────────────────────┐
///                │ keys by element count, 8 ×32│ keys by longest,       8 ×32│   of forms that have elements
///                └─────────────────────────────┴─────────────────────────────┘
///
/// Invariants:
/// - I1: a cell has keys; it goes with the last one, and its histograms with it.
/// - I2: the sums of both histograms of a cell are its keys.
///
/// Cost: 48 bytes for each pair of a shape and an encoding, 512 more when it has elements, 4 for a template; a change
/// takes some loads and additions. There are at most 16,384 templates (`Vocabulary`), so there is a bound.
struct EncodingCounts: ~Copyable {
    private var rows: Block?
    private var rowCount = 0
    private var rowByteCount = 0
    private var cells = NumberedRecords(recordByteCount: 48)
    private var histograms = NumberedRecords(recordByteCount: 16 * HistogramStep.count)

    private static let nextOffset = 0
    private static let formOffset = 4
    private static let histogramOffset = 8
    private static let keysOffset = 16
    private static let elementsOffset = 24
    private static let payloadOffset = 32
    private static let outsideOffset = 40
    private static let longestOffset = 8 * HistogramStep.count
    private static let rowCountMin = 64

    deinit {
        rows?.free()
    }

    /// What the allocator set aside for all of it.
    var allocatedByteCount: Int { rowByteCount + cells.allocatedByteCount + histograms.allocatedByteCount }

    // MARK: Counting

    /// Counts a record of a template in.
    @inline(__always)
    mutating func countIn(_ figures: ValueFigures, template: Int?) {
        let row = (template ?? -1) &+ 1
        if row >= rowCount { growRows(to: row + 1) }
        let cell = cell(of: figures.form, row: row) ?? makeCell(of: figures.form, row: row)
        add(figures, times: 1, to: cell)
    }

    /// Counts a record out that was counted in with the same figures.
    @inline(__always)
    mutating func countOut(_ figures: ValueFigures, template: Int?) {
        let row = (template ?? -1) &+ 1
        guard let cell = cell(of: figures.form, row: row) else { preconditionFailure("a record that was not counted") }
        add(figures, times: -1, to: cell)
        if cells.load(Int.self, cell, at: Self.keysOffset) == 0 { removeCell(cell, row: row) }
    }

    /// Counts a record anew that was counted in with figures of the same form.
    @inline(__always)
    func recount(_ former: ValueFigures, as figures: ValueFigures, template: Int?) {
        guard let cell = cell(of: former.form, row: (template ?? -1) &+ 1) else {
            preconditionFailure("a record that was not counted")
        }
        cells.add(figures.elementCount &- former.elementCount, cell, at: Self.elementsOffset)
        cells.add(figures.payloadByteCount &- former.payloadByteCount, cell, at: Self.payloadOffset)
        cells.add(figures.outsideByteCount &- former.outsideByteCount, cell, at: Self.outsideOffset)
        guard figures.form.hasElements else { return }
        let histogram = Int(cells.load(UInt32.self, cell, at: Self.histogramOffset))
        let before = HistogramStep.step(of: former.elementCount)
        let after = HistogramStep.step(of: figures.elementCount)
        if before != after {
            histograms.add(-1, histogram, at: before &<< 3)
            histograms.add(1, histogram, at: after &<< 3)
        }
        if former.longestStep != figures.longestStep {
            histograms.add(-1, histogram, at: Self.longestOffset &+ Int(former.longestStep) &<< 3)
            histograms.add(1, histogram, at: Self.longestOffset &+ Int(figures.longestStep) &<< 3)
        }
    }

    /// Counts that the payload of a record has changed its byte count, and nothing else has.
    func addPayload(_ byteCount: Int, form: ValueForm, template: Int?) {
        guard let cell = cell(of: form, row: (template ?? -1) &+ 1) else { return }
        cells.add(byteCount, cell, at: Self.payloadOffset)
    }

    @inline(__always)
    private func add(_ figures: ValueFigures, times: Int, to cell: Int) {
        cells.add(times, cell, at: Self.keysOffset)
        cells.add(times &* figures.elementCount, cell, at: Self.elementsOffset)
        cells.add(times &* figures.payloadByteCount, cell, at: Self.payloadOffset)
        guard figures.outsideByteCount > 0 || figures.form.hasElements else { return }
        cells.add(times &* figures.outsideByteCount, cell, at: Self.outsideOffset)
        guard figures.form.hasElements else { return }
        let histogram = Int(cells.load(UInt32.self, cell, at: Self.histogramOffset))
        histograms.add(times, histogram, at: HistogramStep.step(of: figures.elementCount) &<< 3)
        histograms.add(times, histogram, at: Self.longestOffset &+ Int(figures.longestStep) &<< 3)
    }

    // MARK: Cells

    @inline(__always)
    private func first(ofRow row: Int) -> UInt32 {
        guard row < rowCount, let rows else { return 0 }
        return rows.load(UInt32.self, at: row &<< 2)
    }

    /// The cell of a form in a row: the first of at most as many as there are forms.
    @inline(__always)
    private func cell(of form: ValueForm, row: Int) -> Int? {
        var next = first(ofRow: row)
        while next != 0 {
            let cell = Int(next) &- 1
            if cells.load(UInt8.self, cell, at: Self.formOffset) == form.rawValue { return cell }
            next = cells.load(UInt32.self, cell, at: Self.nextOffset)
        }
        return nil
    }

    @inline(never)
    private mutating func makeCell(of form: ValueForm, row: Int) -> Int {
        let cell = cells.take()
        cells.store(first(ofRow: row), cell, at: Self.nextOffset)
        cells.store(form.rawValue, cell, at: Self.formOffset)
        if form.hasElements { cells.store(UInt32(histograms.take()), cell, at: Self.histogramOffset) }
        rows?.store(UInt32(cell + 1), at: row << 2)
        return cell
    }

    @inline(never)
    private mutating func removeCell(_ cell: Int, row: Int) {
        let next = cells.load(UInt32.self, cell, at: Self.nextOffset)
        var former = Int(first(ofRow: row)) - 1
        if former == cell {
            rows?.store(next, at: row << 2)
        } else {
            while Int(cells.load(UInt32.self, former, at: Self.nextOffset)) - 1 != cell {
                former = Int(cells.load(UInt32.self, former, at: Self.nextOffset)) - 1
            }
            cells.store(next, former, at: Self.nextOffset)
        }
        let form = ValueForm(rawValue: cells.load(UInt8.self, cell, at: Self.formOffset))
        if form.hasElements { histograms.giveBack(Int(cells.load(UInt32.self, cell, at: Self.histogramOffset))) }
        cells.giveBack(cell)
    }

    @inline(never)
    private mutating func growRows(to count: Int) {
        let grown = max(Self.rowCountMin, 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount))
        let block = rows?.resized(to: grown << 2) ?? .allocate(byteCount: grown << 2)
        block.fill(0, at: rowCount << 2, byteCount: (grown - rowCount) << 2)
        rows = block
        rowCount = grown
        rowByteCount = block.allocatedByteCount
    }

    // MARK: Reading

    /// What is counted of one form.
    struct Count: Equatable {
        let form: ValueForm
        var keys = 0
        var elements = 0
        var payload = 0
        var outside = 0
        /// By step, empty for forms without elements.
        var keysByElements: [Int] = []
        var keysByLongest: [Int] = []
    }

    /// The counts of a template's keys, by the number of the form.
    func counts(ofTemplate template: Int?) -> [Count] {
        var found: [Count] = []
        var next = first(ofRow: (template ?? -1) + 1)
        while next != 0 {
            let cell = Int(next) - 1
            found.append(count(of: cell))
            next = cells.load(UInt32.self, cell, at: Self.nextOffset)
        }
        return found.sorted { $0.form.rawValue < $1.form.rawValue }
    }

    private func count(of cell: Int) -> Count {
        var count = Count(form: ValueForm(rawValue: cells.load(UInt8.self, cell, at: Self.formOffset)))
        count.keys = cells.load(Int.self, cell, at: Self.keysOffset)
        count.elements = cells.load(Int.self, cell, at: Self.elementsOffset)
        count.payload = cells.load(Int.self, cell, at: Self.payloadOffset)
        count.outside = cells.load(Int.self, cell, at: Self.outsideOffset)
        guard count.form.hasElements else { return count }
        let histogram = Int(cells.load(UInt32.self, cell, at: Self.histogramOffset))
        for step in 0..<HistogramStep.count {
            count.keysByElements.append(histograms.load(Int.self, histogram, at: step << 3))
            count.keysByLongest.append(histograms.load(Int.self, histogram, at: Self.longestOffset + step << 3))
        }
        return count
    }
}

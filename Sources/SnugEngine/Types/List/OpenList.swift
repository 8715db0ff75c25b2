internal import SnugMemory

/// The two ends of a list.
package enum ListEnd: Sendable { case left, right }

/// A list that a command is changing or making: found once, changed element by element, and put back by `closeList`.
/// Until then no other key of the partition may be touched. The bytes of a small one are in the vocabulary's
/// `listText`, so only one list is open at a time.
///
/// The encoding that OBJECT tells follows Redis 7.2 and later: a listpack becomes a quicklist before a command adds
/// elements when it would be larger with them than `list-max-listpack-size` says, each element counted with its text
/// alone; a quicklist becomes a listpack when a command that removes something leaves half of that or less, unless
/// `encoding-revert` forbids it.
///
/// How a listpack is really kept depends on its bytes: a few stand in the pack, some more in a block, and beyond they
/// are a `ListTable`.
package struct OpenList: ~Copyable {
    private let staysInPlace = StaysInPlace()
    private(set) var form: ListSource.Form
    /// Where it is put back.
    var place: OpenPlace
    let vocabulary: Box<Vocabulary>
    private let limit: ListNodeLimit
    /// From so many elements or bytes on, by the measure of the limit, it is near to it.
    private let near: Int
    /// How many of those there were before the command, or another number below `near`; nil when it adds nothing.
    private var measureBefore: Int?
    /// How many elements a small list has; a table knows it itself.
    private var compactCount = 0
    /// The step of the longest element of a small list (`HistogramStep`), nil when nobody knows.
    private var compactLongestStep: Int? = 0
    /// Whether the table is this value's own, not a record's.
    private var ownsTable = false
    /// Whether the command has removed something.
    private var hasShrunk = false
    /// Which limit has changed the encoding; `closeList` tells the partition.
    private(set) var change: EncodingChange?

    /// The list at a place that is free or has one.
    init(_ place: OpenPlace, _ vocabulary: Box<Vocabulary>, _ limits: EncodingLimits) {
        self.place = place
        self.vocabulary = vocabulary
        limit = limits.listNode
        near = limits.listNear
        form = .compact
        vocabulary.value.listText.truncate(to: 0)
        guard place.location.isPresent else {
            vocabulary.value.listText.append(CompactType.list.rawValue)
            return
        }
        let cell = place.location.cell
        form = ListSource(cell).form
        if case .table(let table) = form {
            table.value.sequence.limit = limit
        } else {
            vocabulary.value.listText.append(cell.compactBytes(of: cell.block))
            compactCount = place.figuresBefore?.elementCount ?? 0
            compactLongestStep = place.figuresBefore.map { Int($0.longestStep) }
        }
    }

    deinit {
        if ownsTable, case .table(let table) = form { table.destroy() }
    }

    /// The bytes of a small list.
    private var compactBytes: GrowableBytes {
        _read { yield vocabulary.value.listText }
        _modify {
            // A copy of the handle: through `self` the thread sanitizer's build does not compile.
            let vocabulary = vocabulary
            yield &vocabulary.value.listText
        }
    }

    private var elements: MemberList {
        @_lifetime(borrow self)
        get {
            let bytes = compactBytes.bytes
            // SAFETY: the vocabulary outlives this value, and who changes the bytes looks at them anew.
            return MemberList(unsafe _overrideLifetime(bytes, borrowing: self))
        }
    }

    // MARK: Asking

    /// How many elements there are. Constant time.
    package var count: Int {
        switch form {
        case .compact: compactCount
        case .table(let table): table.value.count
        }
    }

    /// Whether OBJECT ENCODING would say quicklist.
    var isQuickList: Bool {
        if case .table(let table) = form { return !table.value.isListpack }
        return false
    }

    /// Calls `body` with the elements of `range`, which must be there, from the front or from the back on.
    package func forEach(_ range: Range<Int>, reversed: Bool = false, _ body: (StringValue) -> Void) {
        forEachUntil(range, reversed: reversed) { _, element in
            body(element)
            return true
        }
    }

    @inline(__always)
    private func forEachUntil(_ range: Range<Int>, reversed: Bool, _ body: (Int, StringValue) -> Bool) {
        switch form {
        case .compact: elements.forEach(range, reversed: reversed, body)
        case .table(let table): table.value.sequence.forEach(range, reversed: reversed, body)
        }
    }

    /// The number of the first element that reads as `text`, or nil. A walk.
    package func firstIndex(of text: RawSpan) -> Int? {
        let integer = text.canonicalInteger
        var found: Int?
        forEachUntil(0..<count, reversed: false) { index, element in
            if element.isEqual(to: text, integer) { found = index }
            return found == nil
        }
        return found
    }

    // MARK: Growing

    /// Makes room for a command that brings `added` elements whose texts have `byteCount` bytes together. To be called
    /// before elements are added or replaced. Walks over a small list when that may be too large.
    package mutating func prepare(forAdding added: Int, byteCount: Int) {
        if isQuickList { return }
        let (total, overflow) = count.addingReportingOverflow(added)
        if overflow || total > limit.countMax { return pass(.listEntries, limit.countMax, overflow ? .max : total) }
        let before = listpackByteCount(orBelow: min(limit.byteCountMax - byteCount + 1, near))
        measureBefore = limit.countsElements ? count : before
        let (bytes, isTooLarge) = before.addingReportingOverflow(byteCount)
        guard isTooLarge || bytes > limit.byteCountMax else { return }
        pass(limit.countsElements ? .listpackBytes : .listBytes, limit.byteCountMax, isTooLarge ? .max : bytes)
    }

    /// Bytes of the elements in one listpack; or another number below `bound` when that is surely below it.
    private func listpackByteCount(orBelow bound: Int) -> Int {
        if case .table(let table) = form { return table.value.listpackByteCount }
        // No element takes more than twice as many bytes in a listpack.
        let most = 2 * compactBytes.count + ListpackLayout.emptyByteCount
        guard most >= bound else { return most }
        var sum = ListpackLayout.emptyByteCount
        forEach(0..<count) { sum += ListpackElements($0).byteCount }
        return sum
    }

    /// The limit that a listpack has come near to; nil when it was near before or is not.
    var nearLimit: EncodingChange? {
        guard let measureBefore, measureBefore < near, !isQuickList else { return nil }
        let measure = limit.countsElements ? count : listpackByteCount(orBelow: near)
        guard measure >= near else { return nil }
        return EncodingChange(from: .listpack, to: .quickList, reached: sizeReached(by: measure))
    }

    /// What a list has of `list-max-listpack-size`, by the measure of that.
    private func sizeReached(by measure: Int) -> LimitReached {
        limit.countsElements
            ? LimitReached(.listEntries, setting: limit.countMax, value: measure)
            : LimitReached(.listBytes, setting: limit.byteCountMax, value: measure)
    }

    /// Makes a quicklist of a listpack that would pass a limit.
    private mutating func pass(_ reached: EncodingLimit, _ setting: Int, _ value: Int) {
        change = EncodingChange(
            from: .listpack, to: .quickList, reached: LimitReached(reached, setting: setting, value: value))
        if case .table(let table) = form { table.value.isListpack = false } else { makeTable(isListpack: false) }
    }

    /// Adds an element behind the others, whatever limit that passes.
    package mutating func add(_ element: RawSpan) {
        prepare(forAdding: 1, byteCount: element.byteCount)
        push(element, at: .right)
    }

    /// Adds an element at one end. It must not lie in this list.
    package mutating func push(_ element: RawSpan, at end: ListEnd) { push(StringValue(reading: element), at: end) }

    /// As above, for an element that is an integer if its text is one's.
    mutating func push(_ element: StringValue, at end: ListEnd) {
        if case .compact = form {
            let item = CompactHashItem(value: element)
            if compactBytes.count + item.byteCount <= ListForm.compactByteCountMax {
                noteElement(element)
                if end == .right { return item.append(to: &compactBytes) }
                return item.insert(at: MemberList.firstOffset, in: &compactBytes)
            }
            makeTable(isListpack: true)
        }
        guard case .table(let table) = form else { return }
        table.value.push(element, at: end)
    }

    /// Notes that a small list gets one element more.
    private mutating func noteElement(_ element: borrowing StringValue) {
        compactCount += 1
        compactLongestStep = compactLongestStep.map { max($0, HistogramStep.step(of: element.byteCount)) }
    }

    /// Adds an element so that it is number `index`, which is at most the count. It must not lie in this list.
    package mutating func insert(_ element: RawSpan, at index: Int) {
        if index == 0 { return push(element, at: .left) }
        if index == count { return push(element, at: .right) }
        let element = StringValue(reading: element)
        if case .compact = form {
            let item = CompactHashItem(value: element)
            if compactBytes.count + item.byteCount <= ListForm.compactByteCountMax {
                let offset = elements.offset(ofIndex: index)
                noteElement(element)
                return item.insert(at: offset, in: &compactBytes)
            }
            makeTable(isListpack: true)
        }
        guard case .table(let table) = form else { return }
        table.value.noteElement(of: element.byteCount)
        table.value.sequence.insert(element, at: index)
    }

    /// Puts an element, which must not lie in this list, in the place of number `index`, which must be there.
    package mutating func replace(at index: Int, with element: RawSpan) {
        hasShrunk = true
        let element = StringValue(reading: element)
        if case .compact = form {
            let item = CompactHashItem(value: element)
            let start = elements.offset(ofIndex: index)
            let range = start..<elements.offset(after: start)
            if compactBytes.count - range.count + item.byteCount <= ListForm.compactByteCountMax {
                item.replace(range, in: &compactBytes)
                compactLongestStep = nil
                return
            }
            makeTable(isListpack: true)
        }
        guard case .table(let table) = form else { return }
        table.value.noteElement(of: element.byteCount)
        table.value.sequence.replace(at: index, with: element)
    }

    private mutating func makeTable(isListpack: Bool) {
        let table = Box(ListTable(limit: limit, isListpack: isListpack))
        forEach(0..<count) { table.value.push($0, at: .right) }
        form = .table(table)
        ownsTable = true
    }

    // MARK: Shrinking

    /// Removes the element at one end, of which there must be one, and calls `body` with it before.
    package mutating func pop(at end: ListEnd, _ body: (StringValue) -> Void) {
        hasShrunk = true
        if case .table(let table) = form { return table.value.sequence.pop(atEnd: end == .right, body) }
        let start = elements.offset(ofIndex: end == .left ? 0 : compactCount - 1)
        body(elements.member(at: start))
        cut(start..<elements.offset(after: start), count: 1)
    }

    /// Removes the elements of `range`, which must be there.
    package mutating func remove(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        hasShrunk = true
        if case .table(let table) = form { return table.value.sequence.remove(range) }
        let start = elements.offset(ofIndex: range.lowerBound)
        var end = start
        for _ in range { end = elements.offset(after: end) }
        cut(start..<end, count: range.count)
    }

    /// Removes elements that read as `text`, at most `most` of them, from the front or from the back on. Returns how
    /// many they were. A walk.
    package mutating func remove(equalTo text: RawSpan, atMost most: Int, reversed: Bool) -> Int {
        if case .table(let table) = form {
            let removed = table.value.sequence.remove(equalTo: text, atMost: most, reversed: reversed)
            if removed > 0 { hasShrunk = true }
            return removed
        }
        let item = CompactHashItem(value: StringValue(reading: text))
        var ranges: [Range<Int>] = []
        var offset = MemberList.firstOffset
        while offset < elements.endOffset && (reversed || ranges.count < most) {
            let end = elements.offset(after: offset)
            if elements.isEqual(item, at: offset, end: end) { ranges.append(offset..<end) }
            offset = end
        }
        for range in ranges.suffix(most).reversed() { cut(range, count: 1) }
        if !ranges.isEmpty { hasShrunk = true }
        return min(ranges.count, most)
    }

    /// Takes `count` elements that lie in a range of bytes out of a small list.
    private mutating func cut(_ range: Range<Int>, count: Int) {
        compactBytes.replace(at: range.lowerBound, removing: range.count, with: RawSpan())
        compactCount -= count
        compactLongestStep = nil
    }

    // MARK: Putting back

    /// Says that the list had something removed before it was opened.
    mutating func noteRemoval() { hasShrunk = true }

    /// Gives a table from which a command has removed something a smaller form when it is far enough below the limits.
    mutating func fit(_ limits: EncodingLimits) {
        guard hasShrunk, case .table(let table) = form, table.value.count > 0 else { return }
        let byteCount = table.value.listpackByteCount
        if !table.value.isListpack {
            guard table.value.reverts(limits) else { return }
            table.value.isListpack = true
            noteReturn(limit.countsElements ? table.value.count : byteCount)
        }
        if byteCount <= ListForm.tableByteCountMin { makeCompact(table) }
    }

    /// Notes that a quicklist has become a listpack: nothing has happened when it has been one before.
    private mutating func noteReturn(_ measure: Int) {
        guard change == nil else {
            change = nil
            return
        }
        change = EncodingChange(from: .quickList, to: .listpack, reached: sizeReached(by: measure))
    }

    private mutating func makeCompact(_ table: Box<ListTable>) {
        compactBytes.truncate(to: 0)
        compactBytes.append(CompactType.list.rawValue)
        compactCount = table.value.count
        compactLongestStep = nil
        table.value.sequence.forEach(0..<compactCount) { _, element in
            CompactHashItem(value: element).append(to: &compactBytes)
            return true
        }
        if ownsTable { table.destroy() }
        ownsTable = false
        form = .compact
    }

    /// Leaves the table to the record that holds it from now on.
    mutating func handOverTable() { ownsTable = false }

    /// The figures of a small list.
    var compactFigures: ElementFigures {
        compactLongestStep.map { ElementFigures(count: compactCount, longestStep: $0) } ?? elements.elementFigures
    }
}

/// Where the lists are kept that OBJECT ENCODING calls listpacks.
enum ListForm {
    /// A list in a block of its own returns into the pack with so many bytes.
    static let blockByteCountMin = 128
    /// The most bytes of a larger one that is one block; beyond it is a `ListTable`. So no change walks over more.
    static let compactByteCountMax = 512
    /// A table that is a listpack of so many bytes becomes compact again.
    static let tableByteCountMin = 256
}

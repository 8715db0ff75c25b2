internal import SnugMemory

/// A list that has been looked up: where its elements are. Valid until a map of the partition changes. Elements are
/// views that live as long.
package struct ListSource: BitwiseCopyable {
    enum Form: BitwiseCopyable {
        case compact
        case table(Box<ListTable>)
    }

    private let cell: Cell
    let form: Form

    /// The cell must be that of a list.
    @inline(__always)
    init(_ cell: Cell) {
        self.cell = cell
        if cell.kind == .reference && cell.reference.kind == .listTable {
            form = .table(cell.reference.listTable)
        } else {
            form = .compact
        }
    }

    private var elements: MemberList {
        @_lifetime(borrow self)
        get { MemberList(cell.compactBytes(of: self)) }
    }

    /// How many elements there are, at least one. Constant time in nodes, a walk otherwise.
    package var count: Int {
        switch form {
        case .compact: elements.count
        case .table(let table): table.value.count
        }
    }

    /// Element number `index`, which must be there. Logarithmic time and a walk in one listpack.
    @_lifetime(borrow self)
    package func element(at index: Int) -> StringValue {
        switch form {
        case .compact:
            let elements = elements
            return elements.member(at: elements.offset(ofIndex: index))
        case .table(let table):
            let value = table.value.sequence.value(at: index)
            // SAFETY: the table belongs to the record, which the caller leaves as it is while it uses this value.
            return unsafe _overrideLifetime(value, borrowing: self)
        }
    }

    /// How many nodes there are, nil for a small list, which has none.
    package var nodeCount: Int? {
        if case .table(let table) = form { return table.value.sequence.nodeCount }
        return nil
    }

    /// Calls `body` with each node in order, of which a small list has none: the bytes of its listpack, or of its only
    /// element when it is plain.
    package func forEachNode(_ body: (RawSpan, _ isPlain: Bool) -> Void) {
        if case .table(let table) = form { table.value.sequence.forEachNode(body) }
    }

    // MARK: Walking

    /// Calls `body` with the elements of `range`, which must be there, from the front or from the back on. Logarithmic
    /// time to the first, constant time to the next.
    package func forEach(_ range: Range<Int>, reversed: Bool = false, _ body: (StringValue) -> Void) {
        forEachUntil(range, reversed: reversed) { _, element in
            body(element)
            return true
        }
    }

    /// Calls `body` with the numbers of the elements that read as `text`, looking at `range`, which must be there, from
    /// the front or from the back on, until it returns false.
    package func forEachPlace(
        of text: RawSpan, in range: Range<Int>, reversed: Bool = false, _ body: (Int) -> Bool
    ) {
        let integer = text.canonicalInteger
        forEachUntil(range, reversed: reversed) { index, element in
            element.isEqual(to: text, integer) ? body(index) : true
        }
    }

    /// Calls `body` with the elements of `range` and their numbers until it returns false.
    @inline(__always)
    func forEachUntil(_ range: Range<Int>, reversed: Bool = false, _ body: (Int, StringValue) -> Bool) {
        switch form {
        case .compact: elements.forEach(range, reversed: reversed, body)
        case .table(let table): table.value.sequence.forEach(range, reversed: reversed, body)
        }
    }

    /// Bytes of the elements in one listpack. A walk of a small list.
    var listpackByteCount: Int {
        if case .table(let table) = form { return table.value.listpackByteCount }
        var sum = ListpackLayout.emptyByteCount
        forEach(0..<count) { sum += ListpackElements($0).byteCount }
        return sum
    }
}

extension MemberList {
    /// Calls `body` with the members of `range`, which must be there, and their numbers until it returns false. A walk
    /// from the front; backwards it takes the places down first.
    @inline(__always)
    func forEach(_ range: Range<Int>, reversed: Bool, _ body: (Int, StringValue) -> Bool) {
        guard !range.isEmpty else { return }
        var offset = offset(ofIndex: range.lowerBound)
        guard reversed else {
            for index in range {
                guard body(index, member(at: offset)) else { return }
                offset = self.offset(after: offset)
            }
            return
        }
        var offsets: [Int] = []
        offsets.reserveCapacity(range.count)
        for _ in range {
            offsets.append(offset)
            offset = self.offset(after: offset)
        }
        for index in range.reversed() {
            guard body(index, member(at: offsets[index - range.lowerBound])) else { return }
        }
    }
}

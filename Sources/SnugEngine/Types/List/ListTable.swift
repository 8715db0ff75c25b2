internal import SnugMemory

/// A list in nodes of its own: what OBJECT ENCODING calls `quicklist`, and lists within `list-max-listpack-size` that
/// are too many bytes to be walked over at each change.
///
///     record ──► ListTable ──► ListpackSequence ──► nodes
struct ListTable: ~Copyable {
    var sequence: ListpackSequence
    /// Whether OBJECT ENCODING says `listpack`.
    var isListpack: Bool
    /// The step of the longest element that was put in since the table was made (`HistogramStep`).
    private(set) var longestStep: UInt8 = 0

    init(limit: ListNodeLimit, isListpack: Bool) {
        sequence = ListpackSequence(limit: limit)
        self.isListpack = isListpack
    }

    private init(_ sequence: consuming ListpackSequence, isListpack: Bool, longestStep: UInt8) {
        self.sequence = sequence
        self.isListpack = isListpack
        self.longestStep = longestStep
    }

    var count: Int { sequence.count }

    /// Bytes of all elements in one listpack.
    var listpackByteCount: Int { sequence.elementByteCount + ListpackLayout.emptyByteCount }

    /// Notes that an element of so many bytes is put in.
    @inline(__always)
    mutating func noteElement(of byteCount: Int) {
        longestStep = max(longestStep, UInt8(truncatingIfNeeded: HistogramStep.step(of: byteCount)))
    }

    /// Adds an element at one end. It must not lie in this list.
    @inline(__always)
    mutating func push(_ element: StringValue, at end: ListEnd) {
        noteElement(of: element.byteCount)
        if end == .right { sequence.append(element) } else { sequence.prepend(element) }
    }

    /// Whether a quicklist is so far below the limit that it becomes a listpack.
    func reverts(_ limits: EncodingLimits) -> Bool {
        let limit = limits.listNode
        return !isListpack && limits.encodingsRevert && listpackByteCount <= limit.byteCountMax / 2
            && count <= limit.countMax / 2
    }

    /// An equal table that shares nothing with this one.
    func copied() -> ListTable {
        ListTable(sequence.copied(), isListpack: isListpack, longestStep: longestStep)
    }

    /// Everything that the allocator set aside for this table, its box included.
    var allocatedByteCount: Int { sequence.allocatedByteCount + Self.boxByteCount }

    /// What the allocator sets aside for a box of a table.
    private static let boxByteCount = Box<ListTable>.probedByteCount()
}

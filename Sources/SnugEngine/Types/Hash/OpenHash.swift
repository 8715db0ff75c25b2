internal import SnugMemory

/// A hash that a command is changing: found once, changed field by field, and put back by `closeHash`. Meanwhile no
/// other key of the same partition may be touched.
package struct OpenHash: ~Copyable {
    private let staysInPlace = StaysInPlace()
    enum Form: BitwiseCopyable {
        /// The bytes are in the vocabulary's `hashText`.
        case compact
        case table(Box<FieldTable>)
    }

    var form: Form
    /// The figures of a compact hash, nil when only a walk can tell them.
    var tally: ElementTally?
    /// Whether the command that has opened the hash has made a hashtable of it.
    var hasPassedLimit = false
    let location: PackedMap.Location
    /// What the record was counted as when the hash was opened, nil without one. Whoever changes or removes the record
    /// counts that out (`PackedMap.countOut`), because the record itself may not be looked at any more.
    let figuresBefore: ValueFigures?
    /// The reference that the record had. What it refers to may have moved since.
    let former: Reference?
    /// Whether the record had fields that expire.
    let hadExpiringFields: Bool

    init(
        form: Form, tally: ElementTally? = nil, location: PackedMap.Location, former: Reference? = nil,
        figuresBefore: ValueFigures? = nil, hadExpiringFields: Bool = false
    ) {
        self.form = form
        self.tally = tally
        self.location = location
        self.former = former
        self.hadExpiringFields = hadExpiringFields
        self.figuresBefore = figuresBefore
    }

    /// The table that the hash is, or nil.
    var table: Box<FieldTable>? {
        guard case .table(let table) = form else { return nil }
        return table
    }

    /// Frees the block in which a compact hash stood whose bytes are somewhere else now.
    func freeFormerBlock() {
        if let former, former.kind == .compact { former.block.free() }
    }
}

/// Where the hashes are kept that OBJECT ENCODING calls listpacks.
enum HashForm {
    /// The most bytes of a hash that stands in a pack.
    static let packedByteCountMax = CompactForm.packedByteCountMax
    /// A hash in a block of its own returns into the pack with so many bytes.
    static let blockByteCountMin = 128
    /// The most fields and bytes of a larger one that is one block; beyond, and from the lesser number on when the
    /// fields are rising integers, it is a `FieldTable`. So no command walks over more than that.
    static let compactCountMax = 32
    static let compactByteCountMax = 2048
    static let risingCountMin = 16
    /// A table with at most so many fields and bytes becomes compact again.
    static let tableCountMin = 12
    static let tableByteCountMin = 1024
}

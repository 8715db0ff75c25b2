internal import SnugMemory

/// A hash that a command is changing: found once, changed field by field, and put back by `closeHash`. Meanwhile no
/// other key of the same partition may be touched.
package struct OpenHash: BitwiseCopyable {
    enum Form: BitwiseCopyable {
        /// The bytes are in the vocabulary's `hashText`.
        case compact
        case listpack(Listpack)
        case table(Box<FieldTable>)
    }

    var form: Form
    let location: PackedMap.Location
    /// What the allocator had set aside outside of packs when the hash was opened.
    let outsideBefore: Int
    /// The reference that the record had. What it refers to may have moved since.
    let former: Reference?
    /// Whether the record had fields that expire.
    let hadExpiringFields: Bool

    init(form: Form, location: PackedMap.Location, former: Reference? = nil, hadExpiringFields: Bool = false) {
        self.form = form
        self.location = location
        self.former = former
        self.hadExpiringFields = hadExpiringFields
        outsideBefore = former?.allocatedByteCount ?? 0
    }

    /// The block of a compact hash whose bytes have been copied, which is freed when the hash is put back.
    var copiedBlock: Block? { former?.kind == .compactHash ? former?.block : nil }

    /// What the record refers to from now on, nil when its bytes stand in the pack.
    var reference: Reference? {
        switch form {
        case .compact: nil
        case .listpack(let listpack): Reference(listpack)
        case .table(let table): Reference(table)
        }
    }
}

/// Where hashes are kept.
enum HashForm {
    /// The most bytes of a hash that stands in a pack.
    static let compactByteCountMax = 192
    /// A listpack of at most this many bytes goes back into the pack.
    static let listpackByteCountMin = 112
}

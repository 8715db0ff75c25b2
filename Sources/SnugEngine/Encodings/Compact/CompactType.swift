internal import SnugMemory

/// What compact bytes are: the value of a key that is small, or at least in one piece. They stand in the pack with the
/// key (`CellKind.compact`) or, when they are too many, in a `LongString` (`Reference.Kind.compact`).
///
///     hash    ┌────────────────────────────┐     other   ┌──────┬───────────────┐
///             │ field value field value …  │     types   │ type │ contents      │
///             └────────────────────────────┘             └──────┴───────────────┘
///
/// The first byte tells. A hash has no type byte of its own: it begins with a field or with a time, and no hash begins
/// with one of these four (`CompactHashLayout`). So the most frequent type pays nothing for there being others.
enum CompactType: UInt8 {
    /// The contents are the elements, as values of a compact hash.
    case list = 0x7c
    /// The contents are the members, as values of a compact hash (`MemberList`).
    case set = 0x7d
    /// A set of integers (`IntegerSet`).
    case integerSet = 0x7e
    case sortedSet = 0x7f
    /// In the place of any other byte.
    case hash = 0

    /// What `bytes` are, of which there is one at least.
    @inline(__always)
    init(_ bytes: RawSpan) {
        let first = bytes[0]
        self = first & 0xfc == 0x7c ? Self(rawValue: first) ?? .hash : .hash
    }

    var valueType: ValueType {
        switch self {
        case .hash: .hash
        case .list: .list
        case .set, .integerSet: .set
        case .sortedSet: .sortedSet
        }
    }

    /// What OBJECT ENCODING says of the type; hashes look further.
    var encoding: Encoding { self == .integerSet ? .integerSet : .listpack }
}

extension Cell {
    /// Whether the value is compact bytes, in the pack or in a block of its own.
    var isCompact: Bool { kind == .compact || kind == .reference && reference.kind == .compact }

    /// The compact bytes, in the pack or in a block of its own.
    @inline(__always) @_lifetime(borrow owner)
    func compactBytes<Owner: ~Copyable & ~Escapable>(of owner: borrowing Owner) -> RawSpan {
        kind == .compact ? bytes(of: owner) : reference.string.bytes(of: owner)
    }

    /// What the compact bytes are; the value must be such.
    var compactType: CompactType { CompactType(compactBytes(of: block)) }
}

/// Where compact bytes are kept.
enum CompactForm {
    /// The most of them that stand in a pack.
    static let packedByteCountMax = 192
}

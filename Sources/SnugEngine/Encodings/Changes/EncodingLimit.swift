/// A limit up to which values keep their small encoding. Limits of other types are further cases.
package enum EncodingLimit: UInt8, Sendable, CaseIterable {
    /// Fields of a hash.
    case hashEntries
    /// Bytes of a field or value of a hash.
    case hashValue
    /// Elements of a list.
    case listEntries
    /// Bytes of a list's listpack.
    case listBytes
    /// Members of a set of integers.
    case setIntegers
    /// Members of a set.
    case setEntries
    /// Bytes of a member of a set.
    case setValue
    /// Members of a sorted set.
    case sortedSetEntries
    /// Bytes of a member of a sorted set.
    case sortedSetValue
    /// Bytes of a listpack altogether, a limit that no directive moves.
    case listpackBytes

    /// The directive that sets the limit, or what the limit is called that none does.
    package var name: StaticString {
        switch self {
        case .hashEntries: "hash-max-listpack-entries"
        case .hashValue: "hash-max-listpack-value"
        case .listEntries, .listBytes: "list-max-listpack-size"
        case .setIntegers: "set-max-intset-entries"
        case .setEntries: "set-max-listpack-entries"
        case .setValue: "set-max-listpack-value"
        case .sortedSetEntries: "zset-max-listpack-entries"
        case .sortedSetValue: "zset-max-listpack-value"
        case .listpackBytes: "listpack-bytes"
        }
    }

    /// What a limit counts.
    package enum Measure: Sendable {
        case elements
        /// Bytes of the longest element (of a hash: field or value).
        case elementBytes
        /// Bytes of all elements together.
        case bytes
    }

    package var measure: Measure {
        switch self {
        case .hashEntries, .listEntries, .setIntegers, .setEntries, .sortedSetEntries: .elements
        case .hashValue, .setValue, .sortedSetValue: .elementBytes
        case .listBytes, .listpackBytes: .bytes
        }
    }
}

/// A limit with what it is set to and what a value has of it.
package struct LimitReached: Sendable, Equatable {
    package let limit: EncodingLimit
    /// What the limit is set to.
    package let setting: Int
    /// What the value has, or would have had: above `setting` where the value has passed the limit, below it where it
    /// has come back.
    package let value: Int

    package init(_ limit: EncodingLimit, setting: Int, value: Int) {
        self.limit = limit
        self.setting = setting
        self.value = value
    }
}

/// Where a key is and how it is stored there, in the terms of `RunHead` and `RunBody`.
package struct KeyLayout: Sendable, Equatable {
    /// Where the template of the key's run stands.
    package enum TemplatePlace: Sendable, Equatable {
        /// In the vocabulary, under a number.
        case kept(number: Int)
        case run
        /// In a block of its own, because the key is long.
        case block
    }

    /// How the run says which keys it holds.
    package enum Presence: Sendable, Equatable { case single, lone, all, bitmap, list }

    /// The form of the run's values.
    package enum Values: Sendable, Equatable {
        /// Without a column: the run has one key.
        case single, lone
        case integers(bits: Int)
        case fixed(byteCount: Int)
        case cells
        case words(count: Int, bits: Int)
    }

    package enum Expiries: Sendable, Equatable {
        case none, one
        case some(count: Int, bits: Int)
    }

    /// What the key's own payload is.
    package enum Payload: Sendable, Equatable {
        case integer, bytes, changedBytes, sixBitText
        /// Compact bytes of a type.
        case compact(ValueType)
        /// References to what lies outside of the pack.
        case longString, changedLongString
        case largeCompact(ValueType)
        case table(TableFigures)
        case memberTable(MemberTableFigures)
        case listTable(ListTableFigures)
        case sortedSetTable(SortedSetTableFigures)
        case stream(StreamFigures)
    }

    /// A hash in a packed map of its own.
    package struct TableFigures: Sendable, Equatable {
        package let fields: Int
        /// How many places its directory has for packs.
        package let packs: Int
        /// What the order of the fields is, nil when the hash is past the limits of a listpack.
        package let order: TableOrder?
    }

    package enum TableOrder: Sendable { case rising, addition }

    /// A set in a packed map of its own.
    package struct MemberTableFigures: Sendable, Equatable {
        package let members: Int
        /// How many places its directory has for packs.
        package let packs: Int
    }

    /// A list in nodes of its own.
    package struct ListTableFigures: Sendable, Equatable {
        package let elements: Int
        package let nodes: Int
    }

    /// A sorted set in a packed map and an index of its own.
    package struct SortedSetTableFigures: Sendable, Equatable {
        package let members: Int
        /// How many places the map's directory has for packs.
        package let packs: Int
        /// Leaves of the index.
        package let leaves: Int
    }

    /// A stream in nodes of its own.
    package struct StreamFigures: Sendable, Equatable {
        package let entries: Int
        package let nodes: Int
        package let groups: Int
    }

    /// The pack that the key is in.
    package struct PackFigures: Sendable, Equatable {
        /// Its place in the directory.
        package let number: Int
        /// Bytes in use, and as many as the allocator set aside.
        package let byteCount: Int
        package let allocatedByteCount: Int
        package let keys: Int
        package let runs: Int
    }

    /// The template as people write it.
    package let shape: [UInt8]
    package let templatePlace: TemplatePlace
    package let runKeys: Int
    /// Bytes of the run, its part of the pack's arrays included.
    package let runByteCount: Int
    package let presence: Presence
    package let values: Values
    package let expiries: Expiries
    /// Whether the run keeps access data for each of its keys.
    package let keepsAccess: Bool
    package let payload: Payload
    /// Bytes of the payload where it stands alone; columns may keep it in less.
    package let payloadByteCount: Int
    package let pack: PackFigures
    /// What is set aside for the key outside of packs, and all that it costs: what MEMORY USAGE says.
    package let outsideByteCount: Int
    package let byteCount: Int
}

/// What a key holds.
package enum ValueType: UInt8, Sendable, CaseIterable {
    case string, list, set, sortedSet, hash, stream

    /// The name that TYPE gives.
    package var name: StaticString {
        switch self {
        case .string: "string"
        case .list: "list"
        case .set: "set"
        case .sortedSet: "zset"
        case .hash: "hash"
        case .stream: "stream"
        }
    }
}

/// How a value is laid out, in the words of OBJECT ENCODING.
package enum Encoding: UInt8, Sendable, CaseIterable {
    case integer, embeddedString, rawString, listpack, listpackWithExpiry, hashTable, integerSet, skipList, quickList
    case stream

    package var name: StaticString {
        switch self {
        case .integer: "int"
        case .embeddedString: "embstr"
        case .rawString: "raw"
        case .listpack: "listpack"
        case .listpackWithExpiry: "listpackex"
        case .hashTable: "hashtable"
        case .integerSet: "intset"
        case .skipList: "skiplist"
        case .quickList: "quicklist"
        case .stream: "stream"
        }
    }
}

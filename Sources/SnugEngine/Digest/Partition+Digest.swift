internal import SnugMemory

/// Digests of what a client can see: types, contents, and whether a key expires, but neither when nor how a value is
/// laid out.
extension Partition {
    /// The digest of the key's value; `empty` when it is not there. Costs the value's bytes.
    package mutating func digest(ofValueUnder key: RawSpan) -> ContentDigest {
        guard let entry = lookup(key, .peek) else { return .empty }
        return digest(ofValueIn: entry)
    }

    /// The digest of all databases; `empty` when they are. Costs all their bytes.
    package func digest() -> ContentDigest {
        var total = ContentDigest.empty
        for index in databases.indices {
            let database = ContentDigest(of: index)
            databases[index].value.entries.forEach { entry in
                if isExpired(entry) { return }
                let key = ContentDigest(of: entry.key(of: entry.block))
                total.add(database.followed(by: key).followed(by: digest(ofValueIn: entry)))
            }
        }
        return total
    }

    private func digest(ofValueIn entry: Entry) -> ContentDigest {
        let content: ContentDigest
        switch entry.kind {
        case .bytes, .rawBytes, .integer: content = ContentDigest(of: entry.string(of: self))
        case .listpack, .hashTable:
            var members = ContentDigest.empty
            HashView(entry, of: self).forEach { field, value in
                members.add(ContentDigest(of: field).followed(by: ContentDigest(of: value)))
            }
            content = members
        }
        let head = ContentDigest(of: Int(entry.kind.valueType.rawValue) * 2 + (entry.hasExpiry ? 1 : 0))
        return head.followed(by: content)
    }
}

extension ContentDigest {
    /// The digest of a string as it is written out.
    fileprivate init(of value: borrowing StringValue) {
        self = value.withBytes { ContentDigest(of: $0) }
    }
}

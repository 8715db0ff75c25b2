internal import SnugMemory

/// Digests of what a client can see: types, contents, and whether a key expires, but neither when nor how a value is
/// laid out.
extension Partition {
    /// The digest of the key's value; `empty` when it is not there. Costs the value's bytes.
    package mutating func digest(ofValueUnder key: RawSpan) -> ContentDigest {
        guard let location = lookup(key, .peek) else { return .empty }
        return digest(of: location)
    }

    /// The digest of all databases; `empty` when they are. Costs all their bytes.
    package func digest() -> ContentDigest {
        var total = ContentDigest.empty
        for index in databases.indices {
            let database = ContentDigest(of: index)
            databases[index].value.map.forEach { location in
                if isExpired(location) { return }
                let key = Record(location, in: vocabulary).withKey { ContentDigest(of: $0) }
                total.add(database.followed(by: key).followed(by: digest(of: location)))
            }
        }
        return total
    }

    private func digest(of location: PackedMap.Location) -> ContentDigest {
        let cell = location.cell
        let content: ContentDigest
        switch cell.valueType {
        case .hash:
            var members = ContentDigest.empty
            HashView(cell, in: vocabulary, of: self).forEach { field, value in
                members.add(ContentDigest(of: field).followed(by: ContentDigest(of: value)))
            }
            content = members
        case .list:
            var elements = ContentDigest.empty
            let list = ListSource(cell)
            list.forEach(0..<list.count) { elements = elements.followed(by: ContentDigest(of: $0)) }
            content = elements
        case .set:
            var members = ContentDigest.empty
            SetSource(cell).forEach { members.add(ContentDigest(of: $0)) }
            content = members
        case .sortedSet:
            var members = ContentDigest.empty
            let set = OpenSortedSet(cell, vocabulary, limits)
            set.forEach(ranks: 0..<set.count) { member, score in
                let bits = Int(Int64(bitPattern: score.bitPattern))
                members.add(ContentDigest(of: member).followed(by: ContentDigest(of: bits)))
            }
            content = members
        case .stream: content = ContentDigest(of: cell.reference.stream)
        default: content = ContentDigest(of: cell.string(in: vocabulary, of: self))
        }
        let head = ContentDigest(of: Int(cell.valueType.rawValue) * 2 + (location.expiry == nil ? 0 : 1))
        return head.followed(by: content)
    }
}

extension ContentDigest {
    /// The digest of a string as it is written out.
    fileprivate init(of value: borrowing StringValue) {
        self = value.withBytes { ContentDigest(of: $0) }
    }
}

extension ContentDigest {
    /// The digest of a stream: its entries in their order, what it knows of those that have gone, and its groups, but
    /// for times.
    fileprivate init(of stream: Box<EntryStream>) {
        var digest = ContentDigest(of: stream.value.lastID).followed(by: ContentDigest(of: stream.value.deletedIDMax))
        digest = digest.followed(by: ContentDigest(of: Int(stream.value.addedCount)))
        stream.value.forEach(from: .zero, through: .max) { entry in
            digest = digest.followed(by: ContentDigest(of: entry.id))
            entry.forEachPair { field, value in
                digest = digest.followed(by: ContentDigest(of: field)).followed(by: ContentDigest(of: value))
            }
            return true
        }
        for index in 0..<stream.value.groupCount {
            digest = digest.followed(by: ContentDigest(of: stream.value.group(at: index)))
        }
        self = digest
    }

    private init(of id: StreamID) {
        self = ContentDigest(of: Int(Int64(bitPattern: id.milliseconds)))
            .followed(by: ContentDigest(of: Int(Int64(bitPattern: id.sequence))))
    }

    private init(of group: Box<ConsumerGroup>) {
        var digest = ContentDigest(of: group.value.name).followed(by: ContentDigest(of: group.value.lastID))
        digest = digest.followed(by: ContentDigest(of: Int(group.value.readCount ?? -1)))
        for index in 0..<group.value.consumers.count {
            digest = digest.followed(by: ContentDigest(of: group.value.consumers[index].name(of: group)))
        }
        group.value.pending.forEach(from: .zero) { entry in
            let owner = group.value.consumers.consumer(numbered: entry.consumer)
            digest = digest.followed(by: ContentDigest(of: entry.id))
            digest = digest.followed(by: ContentDigest(of: owner.name(of: group)))
            return true
        }
        self = digest
    }
}

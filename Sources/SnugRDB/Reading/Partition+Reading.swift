package import SnugEngine
internal import SnugMemory

/// Makes values of the bytes that `RDBReader` reads. Whatever they say, a value is made as commands make it, element by
/// element, so that nothing of what somebody else wrote is believed; and on an error nothing is left of it.
extension Partition {
    /// The value of a type whose byte has been read, to be put under `key`. It must be stored or discarded before
    /// anything else is done. Costs what adding its elements one by one would.
    package mutating func read(
        _ type: RDBType, from reader: inout RDBReader, for key: RawSpan
    ) throws(RDBReadError) -> DetachedValue {
        switch type {
        case .string: return .string(try readString(&reader))
        case .set, .setIntegers, .setListpack: return .set(try readSet(type, &reader))
        case .sortedSet, .sortedSetBinary, .sortedSetZiplist, .sortedSetListpack:
            return .sortedSet(try readSortedSet(type, &reader))
        case .hash, .hashZipmap, .hashZiplist, .hashListpack, .hashWithTimes, .hashListpackWithTimes, .hashWithExpiry,
            .hashListpackWithExpiry:
            return .hash(try readHash(type, &reader, for: key))
        case .list, .listZiplist, .listOfZiplists, .listOfListpacks: return .list(try readList(type, &reader))
        case .stream, .streamWithIdentifiers, .streamWithActiveTimes: return .stream(try readStream(type, &reader))
        }
    }

    private func readString(_ reader: inout RDBReader) throws(RDBReadError) -> GrowableBytes {
        var buffer = GrowableBytes()
        var string = GrowableBytes()
        switch try reader.string(using: &buffer) {
        case .integer(let integer): string.append(decimal: integer)
        case .bytes(let bytes): string.append(bytes)
        }
        return string
    }

    // MARK: Lists

    private func readList(_ type: RDBType, _ reader: inout RDBReader) throws(RDBReadError) -> OpenList {
        var buffer = GrowableBytes()
        var list = newList()
        if type == .listZiplist {
            try list.add(PackedElements(ziplist: try reader.blob(using: &buffer)))
        } else {
            for _ in 0..<(try reader.length()) {
                switch type {
                case .listOfZiplists: try list.add(PackedElements(ziplist: try reader.blob(using: &buffer)))
                case .listOfListpacks: try readNode(&reader, using: &buffer, into: &list)
                default: try reader.string(using: &buffer).withBytes { list.add($0) }
                }
            }
        }
        guard list.count > 0 else { throw .corrupt }
        return list
    }

    /// Reads a node: a listpack, or one element, which is not empty.
    private func readNode(
        _ reader: inout RDBReader, using buffer: inout GrowableBytes, into list: inout OpenList
    ) throws(RDBReadError) {
        switch try reader.length() {
        case RDBLayout.packedNode: try list.add(PackedElements(listpack: try reader.blob(using: &buffer)))
        case RDBLayout.plainNode:
            let element = try reader.string(using: &buffer)
            guard element.byteCount > 0 else { throw .corrupt }
            element.withBytes { list.add($0) }
        default: throw .corrupt
        }
    }

    // MARK: Streams

    private func readStream(_ type: RDBType, _ reader: inout RDBReader) throws(RDBReadError) -> OpenStream {
        let open = newStream()
        do {
            try StreamReading(type: type, limits: limits).read(&reader, into: open.stream)
            return open
        } catch {
            discard(open)
            throw error
        }
    }

    // MARK: Sets

    private func readSet(_ type: RDBType, _ reader: inout RDBReader) throws(RDBReadError) -> OpenSet {
        var buffer = GrowableBytes()
        switch type {
        case .setIntegers:
            let members = try IntsetReader(try reader.blob(using: &buffer))
            var set = newSet(ofIntegers: true, count: members.count)
            for index in 0..<members.count { try set.add(.integer(members[index])) }
            return set
        case .setListpack:
            var elements = try PackedElements(listpack: try reader.blob(using: &buffer))
            guard let count = elements.claimedCount, count > 0 else { throw .corrupt }
            var set = newSet(ofIntegers: false, count: count)
            while let member = try elements.next() { try set.add(member) }
            return set
        default:
            let count = try reader.length()
            guard count > 0 else { throw .corrupt }
            var set = newSet(ofMemberCount: count)
            for _ in 0..<count { try set.add(try reader.string(using: &buffer)) }
            return set
        }
    }

    // MARK: Sorted sets

    private func readSortedSet(_ type: RDBType, _ reader: inout RDBReader) throws(RDBReadError) -> OpenSortedSet {
        var buffer = GrowableBytes()
        guard type == .sortedSet || type == .sortedSetBinary else {
            let blob = try reader.blob(using: &buffer)
            var elements =
                type == .sortedSetZiplist ? try PackedElements(ziplist: blob) : try PackedElements(listpack: blob)
            var set = newSortedSet(ofMemberCount: (elements.claimedCount ?? 0) / 2, wasListpack: true)
            while let member = try elements.next() {
                guard let score = try elements.next() else { throw .corrupt }
                try set.add(member, try score.score())
            }
            guard set.count > 0 else { throw .corrupt }
            return set
        }
        let count = try reader.length()
        guard count > 0 else { throw .corrupt }
        var set = newSortedSet(ofMemberCount: count, wasListpack: false)
        for _ in 0..<count {
            let member = try reader.string(using: &buffer)
            try set.add(member, type == .sortedSet ? try reader.textScore() : try reader.binaryScore())
        }
        return set
    }

    // MARK: Hashes

    private mutating func readHash(
        _ type: RDBType, _ reader: inout RDBReader, for key: RawSpan
    ) throws(RDBReadError) -> OpenHash {
        let hasEarliest = type == .hashWithExpiry || type == .hashListpackWithExpiry
        // A time is one more than what it is later than 1.
        let earliest = hasEarliest ? try reader.milliseconds() : 1
        let expires = type == .hashWithExpiry || type == .hashWithTimes
        guard type == .hash || expires else { return try readPackedHash(type, &reader, for: key) }
        let count = try reader.length()
        guard count > 0 else { throw .corrupt }
        var hash = newHash(ofFieldCount: count, for: key)
        do throws(RDBReadError) {
            var fieldBuffer = GrowableBytes()
            var valueBuffer = GrowableBytes()
            for _ in 0..<count {
                let expiry = expires ? try Self.expiry(later: try reader.length(), than: earliest) : nil
                let field = try reader.string(using: &fieldBuffer)
                try addPair(
                    field, try reader.string(using: &valueBuffer), expiry, wasListpack: false, to: &hash)
            }
            return hash
        } catch {
            discard(hash)
            throw error
        }
    }

    private mutating func readPackedHash(
        _ type: RDBType, _ reader: inout RDBReader, for key: RawSpan
    ) throws(RDBReadError) -> OpenHash {
        var buffer = GrowableBytes()
        let blob = try reader.blob(using: &buffer)
        var elements: PackedElements
        switch type {
        case .hashZipmap: elements = try PackedElements(zipmap: blob)
        case .hashZiplist: elements = try PackedElements(ziplist: blob)
        default: elements = try PackedElements(listpack: blob)
        }
        let expires = type == .hashListpackWithExpiry || type == .hashListpackWithTimes
        var hash = newHash(ofFieldCount: (elements.claimedCount ?? 0) / (expires ? 3 : 2), for: key)
        do throws(RDBReadError) {
            var isEmpty = true
            while let field = try elements.next() {
                guard let value = try elements.next() else { throw .corrupt }
                var expiry: Int64?
                if expires {
                    guard case .integer(let time) = try elements.next() else { throw .corrupt }
                    expiry = try Self.expiry(time)
                }
                try addPair(field, value, expiry, wasListpack: type != .hashZipmap, to: &hash)
                isEmpty = false
            }
            if isEmpty { throw .corrupt }
            return hash
        } catch {
            discard(hash)
            throw error
        }
    }

    private mutating func addPair(
        _ field: StringValue, _ value: StringValue, _ expiry: Int64?, wasListpack: Bool, to hash: inout OpenHash
    ) throws(RDBReadError) {
        let isNew = field.withBytes { field in
            value.withBytes { addField(field, $0, expiry: expiry, wasListpack: wasListpack, to: &hash) }
        }
        guard isNew else { throw .corrupt }
    }

    /// The latest time at which a field may expire: 46 bits of milliseconds since 1970.
    private static let fieldTimeMax: Int64 = 1 << 46 - 1

    /// A field's expiry as a listpack has it: 0 for none.
    private static func expiry(_ time: Int64) throws(RDBReadError) -> Int64? {
        guard (0...fieldTimeMax).contains(time) else { throw .corrupt }
        return time == 0 ? nil : time
    }

    /// A field's expiry as a table has it: 0 for none, or 1 and how much later than the earliest.
    private static func expiry(later: Int, than earliest: Int64) throws(RDBReadError) -> Int64? {
        if later == 0 { return nil }
        let (time, overflow) = earliest.addingReportingOverflow(Int64(later - 1))
        guard !overflow, (1...fieldTimeMax).contains(time) else { throw .corrupt }
        return time
    }
}

extension OpenList {
    /// Adds all elements of a packed encoding.
    fileprivate mutating func add(_ elements: consuming PackedElements) throws(RDBReadError) {
        var elements = elements
        while let element = try elements.next() { element.withBytes { add($0) } }
    }
}

extension OpenSet {
    /// Adds a member that must be new.
    fileprivate mutating func add(_ member: StringValue) throws(RDBReadError) {
        guard member.withBytes({ add($0) }) else { throw .corrupt }
    }
}

extension OpenSortedSet {
    /// Adds a member that must be new.
    fileprivate mutating func add(_ member: StringValue, _ score: Double) throws(RDBReadError) {
        let former = member.withBytes { update($0) { former in former == nil ? score : nil }.former }
        guard former == nil else { throw .corrupt }
    }
}

extension StringValue {
    /// The score that an element of a listpack is. Throws `corrupt` for what is no number.
    fileprivate func score() throws(RDBReadError) -> Double {
        switch copy self {
        case .integer(let integer): return Double(integer)
        case .bytes(let text):
            guard let score = text.double else { throw .corrupt }
            return score
        }
    }
}

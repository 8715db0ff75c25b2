import SnugMemory
import Testing

@testable import SnugEngine

/// A partition's sets beside arrays, with what Redis's rules say of their encoding and order.
struct SetModel: ~Copyable {
    struct Content {
        /// In the order in which they were added; in rising order in an intset.
        var members: [[UInt8]] = []
        var encoding: Encoding
    }

    var partition: Partition
    var sets: [[UInt8]: Content] = [:]

    init(seed: UInt64) {
        partition = Partition(
            databaseCount: 1, hasher: KeyedHash(key0: seed, key1: 7), seed: seed, packByteCountMean: 96)
    }

    var limits: EncodingLimits {
        get { partition.limits }
        set { partition.limits = newValue }
    }

    // MARK: The rules

    static func integer(_ member: [UInt8]) -> Int64? {
        guard let number = Int64(String(decoding: member, as: UTF8.self)) else { return nil }
        return bytes("\(number)") == member ? number : nil
    }

    static func begin(_ first: [UInt8], of count: Int, _ limits: EncodingLimits) -> Content {
        if integer(first) != nil && count <= limits.setIntegerSetEntriesMax {
            return Content(encoding: .integerSet)
        }
        return Content(encoding: count <= limits.setListpackEntriesMax ? .listpack : .hashTable)
    }

    static func add(_ member: [UInt8], to set: inout Content, _ limits: EncodingLimits) -> Bool {
        if set.members.contains(member) { return false }
        let fits =
            set.members.count < limits.setListpackEntriesMax && member.count <= limits.setListpackValueMax
        switch set.encoding {
        case .integerSet:
            if integer(member) != nil {
                set.members.append(member)
                set.members.sort { integer($0) ?? 0 < integer($1) ?? 0 }
                if set.members.count > limits.setIntegerSetEntriesMax { set.encoding = .hashTable }
                return true
            }
            let longest = set.members.map(\.count).max() ?? 0
            set.encoding = fits && longest <= limits.setListpackValueMax ? .listpack : .hashTable
        case .listpack: if !fits { set.encoding = .hashTable }
        default: break
        }
        set.members.append(member)
        return true
    }

    static func prepare(_ set: inout Content, for count: Int, _ limits: EncodingLimits) {
        if set.encoding == .listpack && count > limits.setListpackEntriesMax { set.encoding = .hashTable }
        if set.encoding == .integerSet && count > limits.setIntegerSetEntriesMax { set.encoding = .hashTable }
    }

    /// The way back from a hashtable that a command has changed and not made.
    private mutating func settle(_ key: [UInt8], hasPassedLimit: Bool) {
        guard var set = sets[key] else { return }
        if set.members.isEmpty {
            sets[key] = nil
            return
        }
        guard set.encoding == .hashTable, !hasPassedLimit, limits.encodingsRevert else { return }
        let (count, longest) = (Double(set.members.count), Double(set.members.map(\.count).max() ?? 0))
        if count < Double(limits.setIntegerSetEntriesMax) / 2 && set.members.allSatisfy({ Self.integer($0) != nil }) {
            set.encoding = .integerSet
            set.members.sort { Self.integer($0) ?? 0 < Self.integer($1) ?? 0 }
        } else if count < Double(limits.setListpackEntriesMax) / 2 && longest < Double(limits.setListpackValueMax) / 2 {
            // In any order.
            let members = partition.membersInOrder(key.rawBytes)
            #expect(members.count == set.members.count && Set(members) == Set(set.members))
            (set.encoding, set.members) = (.listpack, members)
        }
        sets[key] = set
    }

    // MARK: Operations on both

    mutating func add(_ key: [UInt8], _ members: [[UInt8]]) throws {
        let wasTable = sets[key]?.encoding == .hashTable
        var content = sets[key] ?? Self.begin(members[0], of: members.count, limits)
        if sets[key] != nil { Self.prepare(&content, for: members.count, limits) }
        let first = members[0]
        var set = try partition.openSet(key.rawBytes, forMember: first.rawBytes, of: members.count)
        var added = 0
        for member in members {
            let isNew = set.add(member.rawBytes)
            let expected = Self.add(member, to: &content, limits)
            #expect(isNew == expected)
            added += isNew ? 1 : 0
        }
        partition.closeSet(key.rawBytes, &set, changeCount: added)
        sets[key] = content
        let hasPassedLimit = wasTable ? members.count > limits.setListpackEntriesMax : content.encoding == .hashTable
        settle(key, hasPassedLimit: hasPassedLimit || added == 0)
    }

    mutating func remove(_ key: [UInt8], _ members: [[UInt8]]) throws {
        guard var set = try partition.openSet(key.rawBytes) else {
            #expect(sets[key] == nil)
            return
        }
        var removed = 0
        for member in members {
            let found = set.remove(member.rawBytes)
            #expect(found == (sets[key]?.members.contains(member) ?? false))
            sets[key]?.members.removeAll { $0 == member }
            removed += found ? 1 : 0
        }
        partition.closeSet(key.rawBytes, &set, changeCount: removed)
        settle(key, hasPassedLimit: removed == 0)
    }

    mutating func move(_ member: [UInt8], _ source: [UInt8], _ destination: [UInt8]) throws {
        let isMoved = try partition.moveMember(member.rawBytes, from: source.rawBytes, to: destination.rawBytes)
        #expect(isMoved == (sets[source]?.members.contains(member) ?? false))
        guard isMoved, source != destination else { return }
        sets[source]?.members.removeAll { $0 == member }
        settle(source, hasPassedLimit: false)
        let wasTable = sets[destination]?.encoding == .hashTable
        var content = sets[destination] ?? Self.begin(member, of: 1, limits)
        if sets[destination] != nil { Self.prepare(&content, for: 1, limits) }
        let isNew = Self.add(member, to: &content, limits)
        sets[destination] = content
        let hasPassedLimit = wasTable ? limits.setListpackEntriesMax == 0 : content.encoding == .hashTable
        settle(destination, hasPassedLimit: hasPassedLimit || !isNew)
    }

    mutating func popOne(_ key: [UInt8]) throws {
        var popped: [UInt8]?
        let isThere = try partition.popMember(key.rawBytes) { popped = $0.text }
        #expect(isThere == (sets[key] != nil))
        guard isThere, let popped else { return }
        #expect(sets[key]?.members.contains(popped) == true)
        sets[key]?.members.removeAll { $0 == popped }
        settle(key, hasPassedLimit: false)
    }

    mutating func pop(_ key: [UInt8], _ drawn: Int) throws {
        var popped: [[UInt8]] = []
        try partition.popMembers(key.rawBytes, drawn) { popped.append($0.text) }
        let before = sets[key]?.members ?? []
        #expect(popped.count == min(drawn, before.count) && Set(popped).count == popped.count)
        #expect(Set(popped).isSubset(of: Set(before)))
        let kept = before.filter { !popped.contains($0) }
        if kept.isEmpty { sets[key] = nil }
        guard var content = sets[key] else { return }
        content.members = kept
        if content.encoding == .hashTable && !popped.isEmpty && kept.count * 5 <= popped.count {
            // The few that stay are made a set of their own, in an order of their own.
            var anew = Content(encoding: .listpack)
            for member in kept { _ = Self.add(member, to: &anew, limits) }
            content = anew
            content.members = partition.membersInOrder(key.rawBytes)
            #expect(Set(content.members) == Set(kept))
            sets[key] = content
        } else {
            sets[key] = content
            settle(key, hasPassedLimit: popped.isEmpty)
        }
    }

    // MARK: Comparing

    mutating func check(_ key: [UInt8], strangers: [[UInt8]] = []) throws {
        let expected = sets[key]
        #expect(try partition.setCount(key.rawBytes) == expected?.members.count ?? 0)
        #expect(partition.describe(key.rawBytes, .peek)?.encoding == expected?.encoding)
        for stranger in strangers {
            let found = try partition.setContains(key.rawBytes, stranger.rawBytes)
            #expect(found == (expected?.members.contains(stranger) ?? false))
        }
        guard let expected else { return }
        for member in expected.members {
            let isThere = try partition.setContains(key.rawBytes, member.rawBytes)
            #expect(isThere)
        }
        let members = partition.membersInOrder(key.rawBytes)
        if expected.encoding == .hashTable {
            #expect(members.count == expected.members.count && Set(members) == Set(expected.members))
        } else {
            #expect(members == expected.members)
        }
    }

    mutating func checkAll() throws {
        for key in sets.keys { try check(key) }
        #expect(partition.keyCount(inDatabase: 0) == sets.count)
        partition.audit()
    }
}

extension Partition {
    /// The members of a set as they are shown.
    mutating func membersInOrder(_ key: RawSpan) -> [[UInt8]] {
        var members: [[UInt8]] = []
        (try? set(key, .peek))?.forEach { members.append($0.text) }
        return members
    }
}

internal import SnugMemory

/// Sets: what several have in common, what they are together, and in what one differs from others.
///
/// A command first looks all its sets up, which may change maps, and then gathers them as `SetSource`. Two tables are
/// compared run by run, up to 64 members at a time; other sets member by member.
extension Partition {
    /// Looks a set up for a command on several, which counts as a use. False when there is none. Throws `wrongType`.
    package mutating func useSet(_ key: RawSpan) throws(EngineError) -> Bool { try set(key) != nil }

    /// The set under a key that has been looked up, or nil when there is none. Changes nothing.
    package func usedSet(_ key: RawSpan) -> SetSource? {
        let vocabulary = vocabulary
        vocabulary.value.key.read(key)
        let location = map.value.map.locate(vocabulary.value.key)
        guard location.isPresent, !isExpired(location), location.cell.valueType == .set else { return nil }
        return SetSource(location.cell)
    }

    // MARK: Intersection

    /// Calls `body` with the members that all of `sources` have, at most `limit`; returns how many they were. In the
    /// order of the smallest set. Costs a look into each other set for each member of the smallest.
    @discardableResult
    package func intersect(
        _ sources: [SetSource], atMost limit: Int = .max, _ body: (StringValue) -> Void
    ) -> Int {
        let sorted = SetSource.bySize(sources)
        guard let first = sorted.first, limit > 0 else { return 0 }
        var found = 0
        func give(_ member: StringValue) -> Bool {
            body(member)
            found += 1
            return found < limit
        }
        let others = sorted.dropFirst()
        if let run = SetSource.runs(of: sorted) {
            run.forEachPresence(keeping: true) { run.first.value.forEachMember($3, ofRun: $1, $2, $0, give) }
        } else {
            first.forEachUntil { member in others.allSatisfy { $0.contains(member) } ? give(member) : true }
        }
        return found
    }

    /// How many members all of `sources` have, counted up to `limit`. As `intersect`, but tables cost a step for each
    /// run.
    package func intersectionCount(_ sources: [SetSource], atMost limit: Int) -> Int {
        guard let runs = SetSource.runs(of: SetSource.bySize(sources)) else {
            return intersect(sources, atMost: limit) { _ in }
        }
        var found = 0
        runs.forEachPresence(keeping: true) { _, _, _, presence in
            found += presence.nonzeroBitCount
            return found < limit
        }
        return min(found, limit)
    }

    /// Makes a set of the members that all of `sources` have.
    package func makeIntersection(_ sources: [SetSource]) -> OpenSet {
        let sorted = SetSource.bySize(sources)
        var set = newSet(sorted.first?.isIntegerSet ?? true ? .integers : .members)
        var hasOnlyIntegers = true
        intersect(sorted) { member in
            member.withBytes { text in
                if hasOnlyIntegers && text.canonicalInteger == nil { hasOnlyIntegers = false }
                _ = set.add(text)
            }
        }
        if hasOnlyIntegers && set.count > 0 && set.count <= limits.setIntegerSetEntriesMax { set.makeIntegers() }
        return set
    }

    // MARK: Union

    /// Calls `body` once with each member of any of `sources`, in rising order when all are integer sets; returns how
    /// many they were. A step for each member of each set.
    package func unite(_ sources: [SetSource], _ body: (StringValue) -> Void) -> Int {
        if sources.count == 1 {
            sources[0].forEach(body)
            return sources[0].count
        }
        if sources.allSatisfy({ $0.isIntegerSet }) { return uniteIntegers(sources, body) }
        var table = MemberTable(vocabulary: vocabulary, isIntegerSet: false)
        for source in sources {
            source.forEach { member in
                if member.withBytes({ table.add($0) }) { body(member) }
            }
        }
        return table.count
    }

    private func uniteIntegers(_ sources: [SetSource], _ body: (StringValue) -> Void) -> Int {
        var integers: [Int64] = []
        for source in sources {
            source.forEach { if case .integer(let integer) = $0 { integers.append(integer) } }
        }
        integers.sort()
        var count = 0
        for (index, integer) in integers.enumerated() where index == 0 || integer != integers[index - 1] {
            body(.integer(integer))
            count += 1
        }
        return count
    }

    /// Makes a set of the members of all of `sources`.
    package func makeUnion(_ sources: [SetSource]) -> OpenSet {
        var set = newSet(.integers)
        for source in sources {
            source.forEach { member in _ = member.withBytes { set.add($0) } }
        }
        return set
    }

    // MARK: Difference

    /// Calls `body` with the members of the first of `sources` that no other has; nil stands for a set that is not
    /// there. Returns how many they were. The fewer steps of two: to look for each member in the other sets, or to
    /// remove the members of those from a copy.
    package func subtract(_ sources: [SetSource?], _ body: (StringValue) -> Void) -> Int {
        guard let first = sources.first ?? nil else { return 0 }
        let others = sources.dropFirst().compactMap { $0 }
        var found = 0
        if Self.looksUp(first, sources) {
            lookUpDifference(first, others) { member in
                body(member)
                found += 1
            }
            return found
        }
        let isSorted = first.isIntegerSet && others.allSatisfy { $0.isIntegerSet }
        var set = newSet(.members)
        set.makeHashTable()
        removeAll(of: others, fromCopyOf: first, in: &set)
        if isSorted { set.makeIntegers() }
        set.forEach(body)
        return set.count
    }

    /// Makes a set of the members of the first of `sources` that no other has.
    package func makeDifference(_ sources: [SetSource?]) -> OpenSet {
        var set = newSet(.integers)
        guard let first = sources.first ?? nil else { return set }
        let others = sources.dropFirst().compactMap { $0 }
        if Self.looksUp(first, sources) {
            lookUpDifference(first, others) { member in _ = member.withBytes { set.add($0) } }
        } else {
            removeAll(of: others, fromCopyOf: first, in: &set)
        }
        return set
    }

    /// Whether looking each member up costs fewer steps than copying and removing; that it often ends early counts for
    /// it.
    private static func looksUp(_ first: SetSource, _ sources: [SetSource?]) -> Bool {
        var lookups = 0
        var removals = 0
        for case let source? in sources {
            lookups += first.count
            removals += source.count
        }
        return lookups / 2 <= removals
    }

    /// Calls `body` with the members of `first` that none of `others` has, in their order.
    private func lookUpDifference(_ first: SetSource, _ others: [SetSource], _ body: (StringValue) -> Void) {
        func give(_ member: StringValue) -> Bool {
            body(member)
            return true
        }
        let largestFirst = SetSource.bySize(others).reversed()
        if let run = SetSource.runs(of: [first] + largestFirst) {
            run.forEachPresence(keeping: false) { run.first.value.forEachMember($3, ofRun: $1, $2, $0, give) }
        } else {
            first.forEachUntil { member in largestFirst.contains { $0.contains(member) } ? true : give(member) }
        }
    }

    private func removeAll(of others: [SetSource], fromCopyOf first: SetSource, in set: inout OpenSet) {
        first.forEach { member in _ = member.withBytes { set.add($0) } }
        for other in others {
            other.forEachUntil { member in
                _ = member.withBytes { set.remove($0) }
                return !set.isEmpty
            }
            if set.isEmpty { return }
        }
    }
}

extension SetSource {
    /// The sets by their counts, the smallest first; equal ones stay in their order.
    fileprivate static func bySize(_ sources: [SetSource]) -> [SetSource] {
        if sources.count < 2 { return sources }
        let counted = sources.enumerated().map { (index: $0.offset, count: $0.element.count, source: $0.element) }
        return counted.sorted { ($0.count, $0.index) < ($1.count, $1.index) }.map(\.source)
    }

    /// The sets as tables to be compared run by run, or nil when one is in one piece or there is only one. The order of
    /// what comes out is none; sets of integers are compared member by member.
    fileprivate static func runs(of sources: [SetSource]) -> RunComparison? {
        guard sources.count > 1 else { return nil }
        var tables: [Box<MemberTable>] = []
        for source in sources {
            guard case .table(let table) = source.form else { return nil }
            tables.append(table)
        }
        return tables[0].value.isIntegerSet ? nil : RunComparison(first: tables[0], others: Array(tables.dropFirst()))
    }
}

/// The runs of a table beside those of others.
private struct RunComparison {
    let first: Box<MemberTable>
    let others: [Box<MemberTable>]

    /// Calls `body` with each run of the first table, and which of its members all others have if `keeping`, or none
    /// has if not, until it returns false. Runs without such members are left out.
    func forEachPresence(keeping: Bool, _ body: (Int, RunHead, RunBody, UInt64) -> Bool) {
        first.value.forEachRun { bucket, head, records in
            let presence = presence(of: head, records, keeping: keeping, in: first.value.vocabulary.value)
            return presence == 0 || body(bucket, head, records, presence)
        }
    }

    private func presence(
        of head: RunHead, _ records: RunBody, keeping: Bool, in vocabulary: borrowing Vocabulary
    ) -> UInt64 {
        let parts = head.parts(before: records, in: vocabulary)
        let hash = hashOfRun(template: head.template(in: vocabulary), parts: parts, hasher: vocabulary.hasher)
        var presence = records.presence
        for other in others where presence != 0 {
            let found = other.value.map.presence(ofRun: head, parts: parts, hash: hash)
            presence &= keeping ? found : ~found
        }
        return presence
    }
}

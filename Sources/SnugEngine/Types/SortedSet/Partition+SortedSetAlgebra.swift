internal import SnugMemory

/// Sorted sets: what several have in common, what they are together, and in what one differs from others.
///
/// A command first looks all its keys up, which may change maps, and then gathers them as `ScoredSources`. What comes
/// out is gathered by itself and put in order at the end, unless it is: of one sorted set, or of an intersection that
/// leaves scores in their order, nothing has to be moved. A stored result is then laid out leaf by leaf.
extension Partition {
    /// Looks a key up for a command on several sorted sets, which counts as a use. Throws `wrongType` when it holds
    /// neither a set nor a sorted set.
    package mutating func useScoredSource(_ key: RawSpan) throws(EngineError) {
        guard let type = lookup(key, .read)?.cell.valueType else { return }
        guard type == .set || type == .sortedSet else { throw .wrongType }
    }

    /// Adds what is under a key that has been looked up, or nothing. Changes no map; a small sorted set is copied.
    package func addScoredSource(_ key: RawSpan, to sources: inout ScoredSources) {
        let vocabulary = vocabulary
        vocabulary.value.key.read(key)
        let location = map.value.map.locate(vocabulary.value.key)
        guard location.isPresent, !isExpired(location) else { return sources.append(nil) }
        let type = location.cell.valueType
        sources.append(
            type == .set || type == .sortedSet ? ScoredSource(location.cell, vocabulary.value.ordered) : nil)
    }

    private func emptyMembers() -> ScoredMembers { ScoredMembers(hasher: vocabulary.value.hasher) }

    // MARK: Gathering

    /// The members of any source, in the order of a sorted set. `weights` has a factor of the scores for each source,
    /// or is empty. A step for each member of each source, and what sorting takes.
    package func unite(
        _ sources: borrowing ScoredSources, _ weights: [Double], _ aggregate: ScoreAggregate
    ) -> ScoredMembers {
        var members = emptyMembers()
        let sorted = sources.bySize(weights)
        for (source, weight) in sorted {
            source.forEach { member, score in
                let weighted = Self.weighted(score, weight)
                if sorted.count == 1 { return members.append(member, weighted) }
                members.merge(member, weighted) { aggregate.combine($0, $1) }
            }
        }
        members.sort()
        return members
    }

    private static func weighted(_ score: Double, _ weight: Double) -> Double {
        let product = score * weight
        return product.isNaN ? 0 : product
    }

    /// The members that all sources have, in the order of a sorted set. A look into each other source for each member
    /// of the smallest, and what sorting takes.
    package func intersect(
        _ sources: borrowing ScoredSources, _ weights: [Double], _ aggregate: ScoreAggregate
    ) -> ScoredMembers {
        var members = emptyMembers()
        let sorted = sources.bySize(weights)
        guard sources.isWhole, let (first, weight) = sorted.first else { return members }
        first.forEach { member, score in
            var result = Self.weighted(score, weight)
            for (other, weight) in sorted.dropFirst() {
                guard let score = other.score(of: member) else { return }
                result = aggregate.combine(result, score * weight)
            }
            members.append(member, result)
        }
        members.sort()
        return members
    }

    /// How many members all sources have, counted up to `limit`, which must be above 0.
    package func intersectionCount(_ sources: borrowing ScoredSources, atMost limit: Int) -> Int {
        let sorted = sources.bySize([])
        guard sources.isWhole, let first = sorted.first?.source else { return 0 }
        var found = 0
        first.forEachUntil { member, _ in
            if sorted.dropFirst().allSatisfy({ $0.source.score(of: member) != nil }) { found += 1 }
            return found < limit
        }
        return found
    }

    /// The members of the first source that no other has, with their scores, in the order of a sorted set. A step for
    /// each member of the first and of the small others, and a look into each large one.
    package func subtract(_ sources: borrowing ScoredSources) -> ScoredMembers {
        var members = emptyMembers()
        guard let first = sources.all.first ?? nil else { return members }
        let others = sources.all.dropFirst().compactMap { $0 }
        let tables = others.filter { $0.isTable }
        var small = emptyMembers()
        for other in others where !other.isTable { other.forEach { member, score in small.merge(member, score, min) } }
        first.forEach { member, score in
            if small.contains(member) || tables.contains(where: { $0.score(of: member) != nil }) { return }
            members.append(member, score)
        }
        members.sort()
        return members
    }

    /// The members of a sorted set of these ranks, which must be there, in its order.
    package func members(of set: borrowing OpenSortedSet, ranks: Range<Int>) -> ScoredMembers {
        var members = emptyMembers()
        set.forEach(ranks: ranks) { members.append($0, $1) }
        return members
    }

    // MARK: Storing

    /// Stores gathered members as a sorted set under `key`, whatever was there; without members the key is removed. The
    /// key does not expire. Returns how many there are. The members are put in order if they are not.
    @discardableResult
    package mutating func storeSortedSet(_ members: inout ScoredMembers, under key: RawSpan) -> Int {
        let location = locate(key, .removal)
        if location.isPresent { map.value.map.remove(at: location) }
        guard members.count > 0 else {
            if location.isPresent { noteChange(of: key) }
            return 0
        }
        members.sort()
        var set = OpenSortedSet(vocabulary, limits)
        set.fill(with: members)
        set.place = OpenPlace(locate(key, .peek), in: vocabulary)
        settle(&set)
        noteChange(of: key)
        return members.count
    }
}

extension OpenSortedSet {
    /// Takes members in the order of a sorted set; there must be none yet. The encoding follows from all of them.
    fileprivate mutating func fill(with members: borrowing ScoredMembers) {
        let longest = members.longestByteCount
        prepare(for: members.count, longest: longest)
        if isSkipList || !fillLeaf(with: members) { fillTable(with: members) }
        if !isSkipList { warn(ofStored: members.count, longest: longest) }
    }
}

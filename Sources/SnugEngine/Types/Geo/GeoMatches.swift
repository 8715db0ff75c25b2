internal import SnugMemory

/// What a search has found: members of a sorted set with the distance of each.
package struct GeoMatches: ~Copyable {
    package struct Match: BitwiseCopyable {
        /// Meters from the center.
        package let distance: Double
        package let score: Double
        fileprivate let start: Int
        fileprivate let byteCount: Int
    }

    private var text = GrowableBytes()
    private var matches: [Match] = []

    package var count: Int { matches.count }

    fileprivate mutating func append(_ member: RawSpan, score: Double, distance: Double) {
        matches.append(Match(distance: distance, score: score, start: text.count, byteCount: member.byteCount))
        text.append(member)
    }

    /// Puts the nearest first, or the farthest. Those that are as far stay in their order.
    package mutating func sort(farthestFirst: Bool) {
        matches.sort { farthestFirst ? $0.distance > $1.distance : $0.distance < $1.distance }
    }

    /// Calls `body` with the first `count` matches, of which there must be so many.
    package func forEach(first count: Int, _ body: (RawSpan, Match) -> Void) {
        for match in matches[..<count] {
            body(text.bytes.slice(from: match.start, count: match.byteCount), match)
        }
    }
}

extension OpenSortedSet {
    /// The members in an area whose scores are those of points: in the order of cells (`GeoArea.cells`), and of scores
    /// in each. Stops when `limit` are found. Costs a rank for each of at most nine cells and a step for each member
    /// in them.
    package func matches(in area: GeoArea, atMost limit: Int = .max) -> GeoMatches {
        var matches = GeoMatches()
        for cell in area.cells where matches.count < limit {
            let scores = cell.scores
            let first = rank(of: OrderedBound(score: scores.first, inclusive: false))
            let end = rank(of: OrderedBound(score: scores.end, inclusive: false))
            guard first < end else { continue }
            try? forEach(ranks: first..<end) { member, score throws(Enough) in
                if let distance = area.distance(to: GeoPoint(score: score)) {
                    matches.append(member, score: score, distance: distance)
                    if matches.count >= limit { throw Enough() }
                }
            }
        }
        return matches
    }

    /// Ends a walk.
    private struct Enough: Error {}
}

extension Partition {
    /// Stores the first `count` matches as a sorted set under `key`, whatever was there: with the scores of their
    /// points,
    /// or with their distances in units of `meters`. Without matches the key is removed. Returns how many there are.
    package mutating func storeMatches(
        _ matches: borrowing GeoMatches, first count: Int, distancesIn meters: Double?, under key: RawSpan
    ) -> Int {
        var members = ScoredMembers(hasher: vocabulary.value.hasher)
        matches.forEach(first: count) { member, match in
            members.append(member, meters.map { match.distance / $0 } ?? match.score)
        }
        return storeSortedSet(&members, under: key)
    }
}

internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// A search around a place: what all its commands have in common. `GeoQuery.answer` reads the words, searches, and
/// writes or stores what it finds.
struct GeoQuery {
    enum Form {
        /// `key longitude latitude radius unit …`
        case radius
        /// `key member radius unit …`
        case radiusByMember
        /// `key … FROMMEMBER, FROMLONLAT, BYRADIUS and BYBOX in any order`
        case search
        /// `destination key …`
        case searchStore
    }

    private enum Order { case none, nearestFirst, farthestFirst }

    private let form: Form
    /// Whether STORE and STOREDIST are words of a radius command.
    private let mayStore: Bool
    private var center: GeoPoint?
    /// Whether a member is the center, even if there is no sorted set to find it in.
    private var isFromMember = false
    private var isFromPoint = false
    private var area: (shape: GeoArea.Shape, meters: Double)?
    private var isCircle = false
    private var withDistance = false
    private var withGeohash = false
    private var withCoordinates = false
    private var order = Order.none
    /// Most matches, any number when 0.
    private var count: Int64 = 0
    private var takesAny = false
    /// Where the word stands that names the key to store under.
    private var destination: Int?
    private var storesDistance = false

    init(_ form: Form, mayStore: Bool = false) {
        self.form = form
        self.mayStore = mayStore
    }

    private var isSearch: Bool { form == .search || form == .searchStore }

    consuming func answer(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var query = self
        let set: OpenSortedSet?
        do {
            set = try partition.sortedSet(arguments[query.form == .searchStore ? 2 : 1])
        } catch { throw CommandError(error) }
        var index = try query.readPlace(arguments, set, &reply)
        while index < arguments.count { index = try query.readOption(arguments, at: index, set, &reply) }
        try query.check(arguments[0], &reply)
        guard let set else {
            guard let destination = query.destination else { return reply.array(0) }
            _ = partition.delete(arguments[destination])
            return reply.integer(0)
        }
        guard let center = query.center, let area = query.area else { throw .syntax }
        let limit = query.takesAny ? Int(query.count) : .max
        var matches = set.matches(in: GeoArea(center, area.shape, meters: area.meters), atMost: limit)
        if query.order != .none || query.count > 0 && !query.takesAny {
            matches.sort(farthestFirst: query.order == .farthestFirst)
        }
        let count = query.count == 0 ? matches.count : min(matches.count, Int(query.count))
        guard let destination = query.destination else { return query.write(matches, count, area.meters, &reply) }
        reply.integer(
            partition.storeMatches(
                matches, first: count, distancesIn: query.storesDistance ? area.meters : nil,
                under: arguments[destination]))
    }

    private func write(
        _ matches: borrowing GeoMatches, _ count: Int, _ meters: Double, _ reply: inout ReplyWriter
    ) {
        reply.array(count)
        let extras = [withDistance, withGeohash, withCoordinates].count { $0 }
        matches.forEach(first: count) { member, match in
            if extras > 0 { reply.array(extras + 1) }
            reply.bulk(member)
            if withDistance { reply.distance(match.distance / meters) }
            if withGeohash { reply.integer(Int64(match.score)) }
            if withCoordinates { reply.coordinates(GeoPoint(score: match.score)) }
        }
    }

    // MARK: Reading

    /// Reads the words whose places are fixed, and returns where options begin.
    private mutating func readPlace(
        _ arguments: borrowing Arguments, _ set: borrowing OpenSortedSet?, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Int {
        switch form {
        case .radius:
            center = try arguments.geoPoint(at: 2, &reply)
            area = try arguments.circle(at: 4, &reply)
            return 6
        case .radiusByMember:
            // Without a sorted set nothing but the options matters.
            guard set != nil else { return 5 }
            center = try point(ofMember: arguments[2], set, &reply)
            area = try arguments.circle(at: 3, &reply)
            return 5
        case .search: return 2
        case .searchStore:
            destination = 1
            return 3
        }
    }

    private func point(
        ofMember member: RawSpan, _ set: borrowing OpenSortedSet?, _ reply: inout ReplyWriter
    ) throws(CommandError) -> GeoPoint? {
        switch set {
        case .none: return nil
        case .some(let set):
            guard let score = set.score(of: member) else {
                throw reply.refusal("ERR could not decode requested zset member")
            }
            return GeoPoint(score: score)
        }
    }

    /// Reads the option at `index` and returns where the next begins.
    private mutating func readOption(
        _ arguments: borrowing Arguments, at index: Int, _ set: borrowing OpenSortedSet?, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Int {
        let word = arguments[index]
        let left = arguments.count - index - 1
        if takeFlag(word) { return index + 1 }
        if left >= 1 && word.isWord("COUNT") {
            count = try arguments[index + 1].integer()
            if count <= 0 { throw reply.refusal("ERR COUNT must be > 0") }
            return index + 2
        }
        if isSearch { return try readPlaceOption(arguments, at: index, set, &reply) }
        guard mayStore, left >= 1, word.isWord("STORE") || word.isWord("STOREDIST") else { throw .syntax }
        destination = index + 1
        storesDistance = word.isWord("STOREDIST")
        return index + 2
    }

    /// Takes a word that stands for itself; false when it is none.
    private mutating func takeFlag(_ word: RawSpan) -> Bool {
        if word.isWord("WITHDIST") {
            withDistance = true
        } else if word.isWord("WITHHASH") {
            withGeohash = true
        } else if word.isWord("WITHCOORD") {
            withCoordinates = true
        } else if word.isWord("ANY") {
            takesAny = true
        } else if word.isWord("ASC") {
            order = .nearestFirst
        } else if word.isWord("DESC") {
            order = .farthestFirst
        } else if form == .searchStore && word.isWord("STOREDIST") {
            storesDistance = true
        } else {
            return false
        }
        return true
    }

    /// Reads where the search is and how far it reaches, in the words of GEOSEARCH.
    private mutating func readPlaceOption(
        _ arguments: borrowing Arguments, at index: Int, _ set: borrowing OpenSortedSet?, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Int {
        let word = arguments[index]
        let left = arguments.count - index - 1
        if left >= 1 && !isFromPoint && word.isWord("FROMMEMBER") {
            center = try point(ofMember: arguments[index + 1], set, &reply)
            isFromMember = true
            return index + 2
        }
        if left >= 2 && !isFromMember && word.isWord("FROMLONLAT") {
            center = try arguments.geoPoint(at: index + 1, &reply)
            isFromPoint = true
            return index + 3
        }
        let hasBox = area != nil && !isCircle
        if left >= 2 && !hasBox && word.isWord("BYRADIUS") {
            area = try arguments.circle(at: index + 1, &reply)
            isCircle = true
            return index + 3
        }
        guard left >= 3, !isCircle, word.isWord("BYBOX") else { throw .syntax }
        area = try arguments.box(at: index + 1, &reply)
        return index + 4
    }

    /// Complains of words that do not go together. `name` is the command's as it was written.
    private func check(_ name: RawSpan, _ reply: inout ReplyWriter) throws(CommandError) {
        if destination != nil && (withDistance || withGeohash || withCoordinates) {
            throw reply.refusal(
                form == .searchStore
                    ? "ERR GEOSEARCHSTORE is not compatible with WITHDIST, WITHHASH and WITHCOORD options"
                    : "ERR STORE option in GEORADIUS is not compatible with WITHDIST, WITHHASH and WITHCOORD options")
        }
        if isSearch && !isFromMember && !isFromPoint {
            throw missing("FROMMEMBER or FROMLONLAT", name, &reply)
        }
        if isSearch && area == nil { throw missing("BYRADIUS and BYBOX", name, &reply) }
        if takesAny && count == 0 { throw reply.refusal("ERR the ANY argument requires COUNT argument") }
    }
    private func missing(_ words: String, _ name: RawSpan, _ reply: inout ReplyWriter) -> CommandError {
        reply.refusal(bytes: Array("ERR exactly one of \(words) can be specified for ".utf8) + name.makeArray())
    }
}

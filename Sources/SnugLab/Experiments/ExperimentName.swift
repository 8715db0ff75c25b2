/// The experiments, in the order in which `all` runs them.
package enum ExperimentName: String, CaseIterable, Sendable {
    case proof, buckets, growth, thresholds, values, keys

    /// What it asks, as a heading.
    package var question: String {
        switch self {
        case .proof: "What does a key cost, and what does a small hash save?"
        case .buckets: "How large may a hash be?"
        case .growth: "Does it stay so as the data grows?"
        case .thresholds: "What does a larger limit cost?"
        case .values: "How long may a value be?"
        case .keys: "Does it work for keys that are not numbers?"
        }
    }

    /// What was done, for someone who has not read the articles.
    var explanation: String {
        switch self {
        case .proof:
            """
            A flag for each user, stored in three ways: as a key of its own, as a field of a hash of 1,000 users that \
            is past the limit up to which the server packs hashes (its encoding is then hashtable), and as a field of \
            the same hash within the limit (listpack). The data is the same; what differs is the room it takes.
            """
        case .buckets:
            """
            The same integer keys with small values, divided over hashes of 10 to 10,000 fields: key 1155315 becomes \
            field 1155315 of hash 1155 when there are 1,000 to a hash. Up to a limit the server keeps a hash as one \
            packed list, which takes little room and is searched from its beginning; past it, as a table, which is \
            found in at once and takes several times the room.
            """
        case .growth:
            """
            The same keys in three layouts: each by itself (SET), in hashes of 1,000 fields, in hashes of 500. Memory \
            is read while the data grows, so the slope of a line is what one more item costs.
            """
        case .thresholds:
            """
            Hashes of 1,000 fields while hash-max-listpack-entries, the number of fields up to which a hash is packed, \
            goes from 128 to 10,000. Does a large limit take memory by itself? Then hashes filled up to the limit, \
            on a tenth of the items: what does it cost to look into a packed list of 10,000?
            """
        case .values:
            """
            Values of 1 to 200 bytes, as plain keys and in hashes of 100 fields. A single value longer than \
            hash-max-listpack-value turns its hash from packed into a table, and back never.
            """
        case .keys:
            """
            Keys of other kinds, plain and divided by hand: numbers by their value, 400 to a hash, all others by a \
            hash function, about 400 to a hash, because an uneven spread must not push a hash over the limit.
            """
        }
    }
}

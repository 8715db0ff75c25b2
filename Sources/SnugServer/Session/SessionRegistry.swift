/// The sessions that are connected, by id.
package struct SessionRegistry {
    private var sessions: [UInt64: Session] = [:]
    private var lastID: UInt64 = 0

    package var count: Int { sessions.count }

    /// An id that no session has had.
    package mutating func nextID() -> UInt64 {
        lastID += 1
        return lastID
    }

    package mutating func add(_ session: Session) {
        sessions[session.id] = session
    }

    /// Whether the session was there.
    @discardableResult
    package mutating func remove(_ session: Session) -> Bool {
        sessions.removeValue(forKey: session.id) != nil
    }

    package func find(_ id: UInt64) -> Session? { sessions[id] }

    /// All sessions, oldest first. Costs a sort.
    package var all: [Session] { sessions.values.sorted { $0.id < $1.id } }

    /// The sessions that `filter` takes, oldest first. A filter by id costs one look; others cost one at each session.
    package func matching(_ filter: SessionFilter, now: Int64) -> [Session] {
        guard let id = filter.id else {
            return sessions.values.filter { filter.accepts($0, now: now) }.sorted { $0.id < $1.id }
        }
        guard let session = sessions[id], filter.accepts(session, now: now) else { return [] }
        return [session]
    }
}

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

    package mutating func remove(_ session: Session) {
        sessions[session.id] = nil
    }

    package func find(_ id: UInt64) -> Session? { sessions[id] }

    /// All sessions, oldest first. Costs a sort.
    package var all: [Session] { sessions.values.sorted { $0.id < $1.id } }
}

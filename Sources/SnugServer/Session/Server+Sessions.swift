/// The beginning, the end and the resetting of sessions.
extension Server {
    /// A session for a client that has just connected. It counts as authenticated when no password is asked for.
    package func connected(address: String, localAddress: String, isUnixSocket: Bool = false) -> Session {
        let session = Session(
            id: sessions.nextID(), address: address, localAddress: localAddress, isUnixSocket: isUnixSocket,
            now: clock.monotonicNanoseconds() / 1_000_000)
        session.isAuthenticated = !asksForPassword
        sessions.add(session)
        statistics.connectionsReceived += 1
        return session
    }

    /// Gives back what the session holds of the server. May be called twice.
    package func disconnected(_ session: Session) {
        session.connection = nil
        guard sessions.remove(session) else { return }
        session.unwatchAll(&partition)
        session.transaction = nil
        leaveMonitor(session)
        subscribers.removeAll(of: session)
    }

    /// Cuts another session's connection, whatever is unsent. It is gone from CLIENT LIST at once.
    func kill(_ session: Session) {
        let connection = session.connection
        disconnected(session)
        connection?.close()
    }

    /// What RESET does: the state of a new connection, except for what the client library said of itself.
    func reset(_ session: Session) {
        leaveMonitor(session)
        subscribers.removeAll(of: session)
        session.database = 0
        session.protocolVersion = 2
        session.isAuthenticated = !asksForPassword
        session.transaction = nil
        session.unwatchAll(&partition)
        session.name = []
        session.replyMode = .on
        session.isNoTouch = false
        session.isNoEvict = false
    }

    /// Stops showing commands to the session.
    private func leaveMonitor(_ session: Session) {
        guard session.isMonitor else { return }
        session.isMonitor = false
        monitors.removeAll { $0 == session.id }
    }
}

internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Holding commands back while CLIENT PAUSE is in force.
extension Server {
    /// Whether the command must wait; the session is then remembered and resumed when the pause ends. Asked only while
    /// `pause.isActive`, before a command runs or is queued by MULTI.
    ///
    /// Monitors never wait. EXEC counts as a write when one of its queued commands is.
    func isHeldBack(_ number: Int, _ session: Session) -> Bool {
        updateReclaiming()
        guard !session.isMonitor else { return false }
        var flags = table.rows[number].flags
        if let transaction = session.transaction, isExec(number) { flags.formUnion(transaction.flags) }
        guard pause.isPaused(for: flags, now: partition.now) else { return false }
        if !session.isHeld {
            session.isHeld = true
            pause.hold(session.id)
        }
        return true
    }

    /// Begins or extends a pause that `session` asks for. Keys past their time stay until it is over, so that the data
    /// does not change. Inside EXEC that begins behind the transaction, whose writers must find expired keys gone.
    func beginPause(_ kind: PauseState.Kind, until end: Int64, by session: Session) {
        pause.begin(kind, until: end, now: partition.now)
        if !session.isExecuting { updateReclaiming() }
    }

    /// Ends a pause that is past its time. Called by the cron, at least every 100 milliseconds while `pause.isActive`;
    /// costs nothing otherwise. `now` in milliseconds since 1970.
    package func releasePaused(now: Int64) {
        if pause.isActive && !pause.isInForce(now: now) { endPause() }
    }

    /// Ends the pause now and lets every session that waits go on.
    func endPause() {
        for id in pause.end() {
            guard let session = sessions.find(id) else { continue }
            session.isHeld = false
            session.connection?.resume()
        }
        updateReclaiming()
    }

    /// Tells the partition whether keys past their time may go.
    func updateReclaiming() {
        partition.reclaimsExpired = !pause.isInForce(now: partition.now)
    }
}

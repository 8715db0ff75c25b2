internal import SnugMemory
internal import SnugRESP

/// Which sessions a command means: all conditions that are set must hold.
package struct SessionFilter {
    package var id: UInt64?
    package var address: [UInt8]?
    package var localAddress: [UInt8]?
    package var type: SessionType?
    /// A session that is left out.
    package var except: UInt64?
    /// Whole seconds that the session must have been connected at least.
    package var leastAgeSeconds: Int64?

    package init() {}

    /// `now` in milliseconds of the monotonic clock.
    func accepts(_ session: Session, now: Int64) -> Bool {
        if let id, session.id != id { return false }
        if let except, session.id == except { return false }
        if let address, !session.address.utf8.elementsEqual(address) { return false }
        if let localAddress, !session.localAddress.utf8.elementsEqual(localAddress) { return false }
        if let type, session.type != type { return false }
        if let leastAgeSeconds, session.ageSeconds(now: now) < leastAgeSeconds { return false }
        return true
    }
}

/// The kinds of clients that CLIENT LIST, CLIENT KILL and the output limits tell apart.
package enum SessionType: Sendable, CaseIterable {
    /// Any client that is none of the others; MONITOR is one.
    case normal
    case replica
    case pubsub
    case master

    /// The type of that name, in any case, or nil.
    package init?(_ name: RawSpan) {
        if name.equalsIgnoringCase("normal") {
            self = .normal
        } else if name.equalsIgnoringCase("replica") || name.equalsIgnoringCase("slave") {
            self = .replica
        } else if name.equalsIgnoringCase("pubsub") {
            self = .pubsub
        } else if name.equalsIgnoringCase("master") {
            self = .master
        } else {
            return nil
        }
    }
}

extension Session {
    package var type: SessionType { isSubscriber ? .pubsub : .normal }

    /// Seconds since the second in which the client connected. `now` in milliseconds of the monotonic clock.
    func ageSeconds(now: Int64) -> Int64 { max(0, now / 1000 - connectedAt / 1000) }

    /// Seconds since the client's last command.
    func idleSeconds(now: Int64) -> Int64 { max(0, now / 1000 - lastCommandAt / 1000) }
}

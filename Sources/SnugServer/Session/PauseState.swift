package import SnugCommands

/// What CLIENT PAUSE has asked for: whose commands wait, and until when.
package struct PauseState {
    package enum Kind: Int, Comparable {
        /// Commands that may change data wait.
        case writes = 1
        /// Every command waits, CLIENT UNPAUSE too.
        case all = 2

        package static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    /// Nil when nothing is paused, or when the pause has not been noticed to be over.
    package private(set) var kind: Kind?
    /// Milliseconds since 1970.
    package private(set) var until: Int64 = 0
    /// The sessions whose command waits, in the order in which they came.
    private var held: [UInt64] = []

    package init() {}

    /// Whether a pause has been begun and not been released. It may be past its time.
    @inline(__always)
    package var isActive: Bool { kind != nil }

    package var heldCount: Int { held.count }

    /// Begins a pause, or makes the one in force stricter or longer; it never becomes milder or shorter.
    mutating func begin(_ kind: Kind, until end: Int64, now: Int64) {
        guard end > now else { return }
        guard let current = self.kind, until > now else {
            self.kind = kind
            until = end
            return
        }
        self.kind = max(current, kind)
        until = max(until, end)
    }

    /// Whether a pause is in force at `now`.
    func isInForce(now: Int64) -> Bool { kind != nil && now < until }

    /// Whether a command with these flags must wait.
    package func isPaused(for flags: CommandFlags, now: Int64) -> Bool {
        guard isInForce(now: now) else { return false }
        return kind == .all || flags.contains(.write)
    }

    mutating func hold(_ session: UInt64) {
        held.append(session)
    }

    /// Ends the pause and gives the sessions that waited, in the order in which they came.
    mutating func end() -> [UInt64] {
        kind = nil
        until = 0
        defer { held = [] }
        return held
    }
}

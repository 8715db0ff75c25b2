internal import Glibc
internal import Synchronization

/// Signals that ask for the end. The handler only notes them; the loop takes them when its turn is over. A second
/// interrupt that finds the first one not taken ends the process at once.
package enum Signals {
    package enum Event {
        case interrupt
        case terminate
    }

    /// The number of the signal that has come and was not taken, or 0.
    private static let pending = Atomic<CInt>(0)

    /// Notes the signals from now on, and ignores those that shall do nothing.
    static func prepare() {
        // Makes it before a handler could.
        pending.store(0, ordering: .relaxed)
        signal(SIGPIPE, SIG_IGN)
        signal(SIGHUP, SIG_IGN)
        // A file that grew to its limit is an error of the write, not the end.
        signal(SIGXFSZ, SIG_IGN)
        // What the handlers call may be called in a handler: an atomic exchange, and `_exit`.
        signal(SIGTERM) { _ in Signals.pending.store(SIGTERM, ordering: .relaxed) }
        signal(SIGINT) { _ in
            if Signals.pending.exchange(SIGINT, ordering: .relaxed) == SIGINT { _exit(1) }
        }
    }

    /// The signal that has come since the last call, if any; the last of several.
    static func take() -> Event? {
        guard pending.load(ordering: .relaxed) != 0 else { return nil }
        return pending.exchange(0, ordering: .relaxed) == SIGINT ? .interrupt : .terminate
    }

    /// Lets an interrupt end the process at once, without order, with status 1.
    static func exitOnInterrupt() {
        signal(SIGINT) { _ in _exit(1) }
    }
}

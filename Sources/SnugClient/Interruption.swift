internal import Glibc
internal import Synchronization

/// The signals that ask for an end: SIGINT, SIGTERM, SIGHUP. A handler may do next to nothing, so it only notes the
/// signal; whoever waits looks at the note every quarter of a second. Signals belong to the process, and so does this.
package enum Interruption {
    /// 0, or the number of the last signal that came.
    private static let signal = Atomic<CInt>(0)

    package static var isRequested: Bool { signal.load(ordering: .relaxed) != 0 }

    /// The signal that came, which is taken as heard: what is done from here on can be interrupted anew.
    package static func take() -> CInt { signal.exchange(0, ordering: .relaxed) }

    /// Notes signals from here on. Writing to a closed socket or past a limit of file sizes gives an error instead of
    /// ending the process.
    package static func install() {
        _ = isRequested  // the flag exists before a handler needs it
        for number in [SIGINT, SIGTERM, SIGHUP] {
            // SAFETY: the handler only stores into an atomic; the structure is copied by the call.
            var action = sigaction()
            unsafe action.__sigaction_handler.sa_handler = { Interruption.note($0) }
            _ = unsafe sigaction(number, &action, nil)
        }
        for number in [SIGPIPE, SIGXFSZ] {
            _ = Glibc.signal(number, SIG_IGN)
        }
    }

    private static func note(_ number: CInt) { signal.store(number, ordering: .relaxed) }
}

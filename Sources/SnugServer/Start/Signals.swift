internal import Glibc

/// Signals, taken one by one by the thread that waits for them instead of interrupting whichever runs.
enum Signals {
    enum Event {
        case interrupt
        case terminate
        /// The process has asked itself to wake up.
        case wake
    }

    private static let wakeSignal = SIGUSR2

    /// Blocks the signals that `wait` takes, and ignores those that shall do nothing. Before any thread starts, because
    /// threads inherit what is blocked.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGHUP, SIG_IGN)
        // A file that grew to its limit is an error of the write, not the end.
        signal(SIGXFSZ, SIG_IGN)
        var set = waitedFor()
        // SAFETY: `set` outlives the call.
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for the next one.
    static func wait() -> Event {
        var set = waitedFor()
        while true {
            var number: Int32 = 0
            // SAFETY: both outlive the call.
            guard unsafe sigwait(&set, &number) == 0 else { continue }
            switch number {
            case SIGINT: return .interrupt
            case SIGTERM: return .terminate
            default: return .wake
            }
        }
    }

    /// Makes `wait` return, from any thread.
    static func wake() {
        kill(getpid(), wakeSignal)
    }

    private static func waitedFor() -> sigset_t {
        var set = sigset_t()
        // SAFETY: `set` outlives the calls, which fill it.
        unsafe sigemptyset(&set)
        for number in [SIGINT, SIGTERM, wakeSignal] { unsafe sigaddset(&set, number) }
        return set
    }

    /// Lets an interrupt end the process at once, without order, with status 1.
    static func exitOnInterrupt() {
        // The handler calls only `_exit`, which a handler may.
        signal(SIGINT) { _ in _exit(1) }
        var set = sigset_t()
        // SAFETY: `set` outlives the calls.
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, SIGINT)
        unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }
}

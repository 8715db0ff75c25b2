internal import Glibc

enum Clock {
    /// Nanoseconds of the monotonic clock. Costs about 25 ns.
    static func nanoseconds() -> Int { read(CLOCK_MONOTONIC) }

    /// Nanoseconds that this process has spent on a processor.
    static func processorNanoseconds() -> Int { read(CLOCK_PROCESS_CPUTIME_ID) }

    private static func read(_ clock: CInt) -> Int {
        var time = timespec()
        // SAFETY: `time` outlives the call, which fills it.
        _ = unsafe clock_gettime(clock, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}

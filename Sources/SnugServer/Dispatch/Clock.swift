internal import Glibc

/// The system's clocks. The only place that reads them; everything else is told the time.
package struct Clock: Sendable {
    package init() {}

    /// Nanoseconds of the monotonic clock, for durations.
    @inline(__always)
    package func monotonicNanoseconds() -> Int64 {
        var time = timespec()
        // SAFETY: `time` outlives the call, which fills it.
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Microseconds since 1970, by the system's clock, which may jump.
    package func wallMicroseconds() -> Int64 {
        var time = timespec()
        // SAFETY: as above.
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }

    /// Milliseconds since 1970.
    package func wallMilliseconds() -> Int64 { wallMicroseconds() / 1000 }
}

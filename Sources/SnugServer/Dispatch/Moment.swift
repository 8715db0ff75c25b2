/// The time of the current batch of requests: the wall clock, read once, carried on by the monotonic clock. So one
/// reading per command gives its duration and the next one's time, and a clock that jumps cannot make a command's
/// duration negative.
struct Moment {
    private let wallMicrosecondsAtStart: Int64
    private let monotonicAtStart: Int64
    private var monotonic: Int64

    init(_ clock: Clock) {
        wallMicrosecondsAtStart = clock.wallMicroseconds()
        monotonicAtStart = clock.monotonicNanoseconds()
        monotonic = monotonicAtStart
    }

    /// Microseconds since 1970.
    var microseconds: Int64 { wallMicrosecondsAtStart + (monotonic - monotonicAtStart) / 1000 }

    /// Milliseconds of the monotonic clock: for how long ago something was, which a jump of the wall clock must not
    /// change.
    var steadyMilliseconds: Int64 { monotonic / 1_000_000 }

    /// Milliseconds since 1970.
    var milliseconds: Int64 { microseconds / 1000 }

    /// Moves on to now and returns the nanoseconds that have passed since the last time.
    mutating func advance(_ clock: Clock) -> Int64 {
        let now = clock.monotonicNanoseconds()
        let passed = now - monotonic
        monotonic = now
        return max(0, passed)
    }
}

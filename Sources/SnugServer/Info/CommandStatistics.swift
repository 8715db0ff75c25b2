/// What is counted of one command.
package struct CommandStatistics: Sendable {
    package var calls: UInt64 = 0
    package var nanoseconds: UInt64 = 0
    /// Calls refused before they ran.
    package var rejected: UInt64 = 0
    /// Calls that answered with an error.
    package var failed: UInt64 = 0
    /// Durations of the calls, as long as `latency-tracking` is on.
    package var latency = LatencyHistogram()

    package init() {}

    /// Counts a call that took so long.
    @inline(__always)
    mutating func noteCall(nanoseconds: Int64, inHistogram: Bool) {
        calls &+= 1
        self.nanoseconds &+= UInt64(nanoseconds)
        if inHistogram { latency.record(nanoseconds: nanoseconds) }
    }

    /// Whether there is anything to show.
    package var isUsed: Bool { calls > 0 || rejected > 0 || failed > 0 }

    package var microseconds: UInt64 { nanoseconds / 1000 }
}

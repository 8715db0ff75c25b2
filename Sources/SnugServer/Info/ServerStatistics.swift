/// What the server counts of itself.
package struct ServerStatistics: Sendable {
    /// Milliseconds of the monotonic clock.
    package let startedAt: Int64
    package var connectionsReceived: UInt64 = 0
    package var connectionsRejected: UInt64 = 0
    package var commandsProcessed: UInt64 = 0
    package var receivedByteCount: UInt64 = 0
    package var sentByteCount: UInt64 = 0
    /// How often bytes came from a socket, and went to one.
    package var reads: UInt64 = 0
    package var writes: UInt64 = 0
    package var errorReplies: UInt64 = 0
    /// Errors by their first word.
    package var errors: [String: UInt64] = [:]
    /// Clients that were disconnected because their replies piled up, or their requests.
    package var disconnectedForOutput: UInt64 = 0
    package var disconnectedForInput: UInt64 = 0
    /// Time spent on active expiration.
    package var expiryMicroseconds: UInt64 = 0
    /// How many slices of active expiration ended because their time was up.
    package var expirySlicesCutShort: UInt64 = 0
    /// Share of the entries met by active expiration that were past their time, 0 to 1; a mean in which each round
    /// counts for a twentieth.
    package var expiredShare = 0.0
    package var rates = ServerRates()

    package init(startedAt: Int64) {
        self.startedAt = startedAt
    }

    /// What it is after CONFIG RESETSTAT.
    package mutating func reset() {
        self = ServerStatistics(startedAt: startedAt)
    }
}

/// Commands and bytes per second, averaged over the last sixteen samples.
package struct ServerRates: Sendable {
    /// Milliseconds between two samples.
    static let sampleMilliseconds: Int64 = 100

    package private(set) var commands = Rate()
    package private(set) var receivedBytes = Rate()
    package private(set) var sentBytes = Rate()
    private var sampledAt: Int64 = 0

    package init() {}

    /// Takes a sample when it is time for one. `now` in milliseconds, of a clock that does not jump.
    package mutating func sample(
        commands commandCount: UInt64, receivedByteCount: UInt64, sentByteCount: UInt64, now: Int64
    ) {
        let elapsed = now - sampledAt
        guard elapsed >= Self.sampleMilliseconds else { return }
        sampledAt = now
        commands.add(commandCount, milliseconds: elapsed)
        receivedBytes.add(receivedByteCount, milliseconds: elapsed)
        sentBytes.add(sentByteCount, milliseconds: elapsed)
    }

    package struct Rate: Sendable {
        private var samples: InlineArray<16, Double> = .init(repeating: 0)
        private var next = 0
        private var last: UInt64?

        init() {}

        mutating func add(_ count: UInt64, milliseconds: Int64) {
            defer { last = count }
            // The first sample has nothing to be compared with; after a reset of the counter neither.
            guard let last, count >= last else { return }
            samples[next] = Double(count - last) * 1000 / Double(milliseconds)
            next = (next + 1) & 15
        }

        package var perSecond: Double {
            var sum = 0.0
            for index in 0..<16 { sum += samples[index] }
            return sum / 16
        }
    }
}

/// What the server counts of itself.
package struct ServerStatistics: Sendable {
    /// Milliseconds since 1970.
    package let startedAt: Int64
    package var connectionsReceived: UInt64 = 0
    package var connectionsRejected: UInt64 = 0
    package var commandsProcessed: UInt64 = 0
    package var receivedByteCount: UInt64 = 0
    package var sentByteCount: UInt64 = 0
    package var errorReplies: UInt64 = 0
    /// Errors by their first word.
    package var errors: [String: UInt64] = [:]

    package init(startedAt: Int64) {
        self.startedAt = startedAt
    }
}

/// How large a request may be.
package struct RequestLimits: Sendable, Equatable {
    /// Longest argument in bytes (`proto-max-bulk-len`).
    package var bulkByteCountMax = 512 << 20
    /// Most arguments of one command.
    package var argumentCountMax = Int(Int32.max)
    /// Longest line of an inline command or of a count, in bytes.
    package var lineByteCountMax = 64 << 10
    /// Whether the tighter limits for clients that have yet to authenticate hold: 10 arguments of 16 KiB.
    package var isUnauthenticated = false

    package init() {}

    static let unauthenticatedArgumentCountMax = 10
    static let unauthenticatedBulkByteCountMax = 16384
}

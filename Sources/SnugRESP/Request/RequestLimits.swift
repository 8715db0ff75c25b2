/// How large a request may be.
package struct RequestLimits: Sendable, Equatable {
    /// Longest argument in bytes (`proto-max-bulk-len`). Never above `UInt32.max`, which is what a key or a value can
    /// have.
    package var bulkByteCountMax = 512 << 20 {
        didSet { bulkByteCountMax = min(bulkByteCountMax, Int(UInt32.max)) }
    }
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

/// How large values may get, and up to which sizes they keep their small encoding. Changes act from the next write of a
/// value on.
package struct EncodingLimits: Sendable, Equatable {
    /// Most fields of a hash kept as listpack (`hash-max-listpack-entries`).
    package var hashListpackEntriesMax = 512
    /// Longest field or value, in bytes, of a hash kept as listpack (`hash-max-listpack-value`).
    package var hashListpackValueMax = 64
    /// Whether a value that falls below half of every limit gets its small encoding back (`encoding-revert`).
    package var encodingsRevert = true
    /// Longest string, in bytes, that a command may make out of shorter ones (`proto-max-bulk-len`). Never above
    /// `UInt32.max`, which is what a key or a value can have.
    package var stringByteCountMax = 512 << 20 {
        didSet { stringByteCountMax = min(stringByteCountMax, Int(UInt32.max)) }
    }

    package init() {}
}

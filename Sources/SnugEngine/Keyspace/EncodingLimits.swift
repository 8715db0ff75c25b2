/// The sizes up to which a value keeps its small encoding. Changes act from the next write of a value on.
package struct EncodingLimits: Sendable, Equatable {
    /// Most fields of a hash kept as listpack (`hash-max-listpack-entries`).
    package var hashListpackEntriesMax = 512
    /// Longest field or value, in bytes, of a hash kept as listpack (`hash-max-listpack-value`).
    package var hashListpackValueMax = 64

    package init() {}
}

internal import SnugMemory

/// What a command is about to put into a hash, gathered before its first change: Redis chooses the encoding by all
/// pairs of a command at once, duplicates counted as often as they come.
package struct HashAddition: BitwiseCopyable {
    package private(set) var pairCount = 0
    /// The longest field or value, in bytes.
    package private(set) var longestByteCount = 0
    /// All fields and values together, in bytes.
    package private(set) var byteCount = 0

    package init() {}

    package init(_ field: RawSpan, _ value: RawSpan) {
        add(field, value)
    }

    /// A pair whose value is written out in `valueByteCount` bytes.
    init(_ field: RawSpan, valueByteCount: Int) {
        pairCount = 1
        longestByteCount = max(field.byteCount, valueByteCount)
        byteCount = field.byteCount + valueByteCount
    }

    @inline(__always)
    package mutating func add(_ field: RawSpan, _ value: RawSpan) {
        pairCount += 1
        longestByteCount = max(longestByteCount, field.byteCount, value.byteCount)
        byteCount += field.byteCount + value.byteCount
    }
}

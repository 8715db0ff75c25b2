/// The id of an entry: a time and a number that tells entries of one millisecond apart.
package struct StreamID: BitwiseCopyable, Hashable, Comparable, Sendable {
    package var milliseconds: UInt64
    package var sequence: UInt64

    package init(milliseconds: UInt64, sequence: UInt64) {
        self.milliseconds = milliseconds
        self.sequence = sequence
    }

    /// What no entry has, and stands before all of them.
    package static let zero = StreamID(milliseconds: 0, sequence: 0)
    package static let max = StreamID(milliseconds: .max, sequence: .max)

    @inline(__always)
    package static func < (left: StreamID, right: StreamID) -> Bool {
        left.milliseconds != right.milliseconds
            ? left.milliseconds < right.milliseconds : left.sequence < right.sequence
    }

    /// The id that follows this one, nil after the last.
    package var next: StreamID? {
        if sequence < .max { return StreamID(milliseconds: milliseconds, sequence: sequence + 1) }
        return milliseconds < .max ? StreamID(milliseconds: milliseconds + 1, sequence: 0) : nil
    }

    /// The id before this one, nil before the first.
    package var previous: StreamID? {
        if sequence > 0 { return StreamID(milliseconds: milliseconds, sequence: sequence - 1) }
        return milliseconds > 0 ? StreamID(milliseconds: milliseconds - 1, sequence: .max) : nil
    }
}

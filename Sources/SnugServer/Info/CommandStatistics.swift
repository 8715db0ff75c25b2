/// What is counted of one command.
package struct CommandStatistics: Sendable {
    package var calls: UInt64 = 0
    package var nanoseconds: UInt64 = 0
    /// Calls refused before they ran.
    package var rejected: UInt64 = 0
    /// Calls that answered with an error.
    package var failed: UInt64 = 0
}

package import SnugRESP

/// The commands that MULTI collects until EXEC.
package struct Transaction: Sendable {
    package struct Queued: Sendable {
        package let command: Int
        package let arguments: OwnedArguments
    }

    package var queue: [Queued] = []
    /// Whether a command could not be queued, so that EXEC must refuse.
    package var isBroken = false

    package var byteCount: Int { queue.reduce(0) { $0 + $1.arguments.byteCount } }
}

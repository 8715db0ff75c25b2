internal import SnugClient

/// Why a run ends early: one sentence for the person who started it.
package struct LabError: Error, Equatable, CustomStringConvertible {
    package let description: String
    /// Set when it was a signal and no mistake.
    let isInterruption: Bool

    init(_ description: String) {
        self.description = description
        isInterruption = false
    }

    init(_ server: Subject, _ error: ClientError) {
        description = "server \(server.name) (\(server.place)) \(error.sentence)"
        isInterruption = error == .interrupted
    }

    private init(interruption: String) {
        description = interruption
        isInterruption = true
    }

    static let interrupted = LabError(interruption: "interrupted")
}

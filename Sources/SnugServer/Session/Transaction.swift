package import SnugCommands
package import SnugRESP

/// The commands that MULTI collects until EXEC.
package struct Transaction: Sendable {
    package struct Queued: Sendable {
        package let command: Int
        package let arguments: OwnedArguments
    }

    package private(set) var queue: [Queued] = []
    /// What the queued commands' flags are together.
    package private(set) var flags: CommandFlags = []
    /// Bytes of the queued commands' arguments and of the queue.
    package private(set) var byteCount = 0
    /// Whether a command could not be queued, so that EXEC must refuse.
    package var isBroken = false
    /// Whether EXEC is running the queue.
    package var isExecuting = false

    package init() {}

    mutating func append(_ command: Int, flags: CommandFlags, _ arguments: borrowing Arguments) {
        let queued = Queued(command: command, arguments: OwnedArguments(arguments))
        byteCount += queued.arguments.byteCount + MemoryLayout<Queued>.stride
        self.flags.formUnion(flags)
        queue.append(queued)
    }
}

extension Session {
    /// Whether a command of the session runs inside EXEC, where nothing may wait.
    package var isExecuting: Bool { transaction?.isExecuting ?? false }
}

internal import SnugCommands
internal import SnugConfiguration
internal import SnugMemory
internal import SnugRESP

/// What tests and developers need. One command as in Redis, not a container: its words are no commands of their own, so
/// that they have no arity, flags or statistics.
enum Debug: ServerCommand {
    static let spec = CommandSpec(
        name: "DEBUG", group: .server, since: "1.0.0",
        arity: .atLeast(2), flags: [.admin, .noscript, .loading, .stale],
        summary: "Holds what tests and developers need.",
        complexity: "That of the subcommand",
        isSystemCommand: true,
        reply: .any)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard server.configuration.privileges.debugCommand.allows(isLocal: session.isOnThisMachine) else {
            throw reply.refusal(
                """
                ERR DEBUG command not allowed. If the enable-debug-command option is set to "local", you can run it \
                from a local connection, otherwise you need to set this option in the configuration file, and then \
                restart the server.
                """)
        }
        for operation in DebugOperation.all
        where arguments[1].isWord(operation.word) && operation.arity.contains(arguments.count) {
            return try operation.run(arguments, session, server, &reply)
        }
        let word = arguments[1].extracting(first: min(arguments[1].byteCount, 128)).makeString()
        throw reply.wrongSubcommandUse(word, of: "DEBUG")
    }
}

/// One word of DEBUG.
struct DebugOperation: Sendable {
    typealias Run =
        @Sendable (borrowing Arguments, Session, Server, inout ReplyWriter) throws(CommandError) -> Void

    let word: StaticString
    /// How many words a request may have, DEBUG and its word included.
    let arity: ClosedRange<Int>
    let run: Run

    init(_ word: StaticString, _ arity: ClosedRange<Int>, _ run: @escaping Run) {
        self.word = word
        self.arity = arity
        self.run = run
    }

    init(_ word: StaticString, _ arity: Int, _ run: @escaping Run) {
        self.init(word, arity...arity, run)
    }

    static let all: [DebugOperation] = data + switches + replies
}

/// What DEBUG has turned on and off.
struct DebugSwitches: Sendable {
    /// Whether keys are removed when their time has passed though nobody asks for them.
    var expiresActively = true
    /// Kept for the lists to come; 0 stands for the default.
    var quicklistPackedByteCountMax: UInt64 = 0
    /// Kept for the scripts to come.
    var ignoresNoScript = false
}

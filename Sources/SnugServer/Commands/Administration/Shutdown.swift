internal import SnugCommands
internal import SnugConfiguration
internal import SnugMemory
internal import SnugRESP

/// Ends the server in order. A successful call is answered by the closed connection.
enum Shutdown: ServerCommand {
    static let spec = CommandSpec(
        name: "SHUTDOWN", group: .server, since: "1.0.0",
        arity: .atLeast(1), flags: [.admin, .noscript, .loading, .stale, .noMulti, .allowBusy],
        summary: "Ends the server, after saving the data if that is asked for.",
        complexity: "O(N) with N keys when they are saved, otherwise O(1)",
        history: [("7.0.0", "Takes NOW, FORCE and ABORT.")],
        arguments: [
            Argument("nosave_save", .oneof, optional: true, [.token("nosave", "NOSAVE"), .token("save", "SAVE")]),
            Argument("now", .pureToken, token: "NOW", since: "7.0.0", optional: true),
            Argument("force", .pureToken, token: "FORCE", since: "7.0.0", optional: true),
            Argument("abort", .pureToken, token: "ABORT", since: "7.0.0", optional: true),
        ],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var options: ShutdownOptions = []
        var isAbort = false
        for index in 1..<arguments.count {
            let word = arguments[index]
            if word.isWord("nosave") {
                options.insert(.nosave)
            } else if word.isWord("save") {
                options.insert(.save)
            } else if word.isWord("now") {
                options.insert(.now)
            } else if word.isWord("force") {
                options.insert(.force)
            } else if word.isWord("abort") {
                isAbort = true
            } else {
                throw .syntax
            }
        }
        guard !options.isSuperset(of: [.save, .nosave]), !isAbort || options.isEmpty else { throw .syntax }
        if isAbort {
            // Nothing ever waits between the decision to end and the end.
            reply.error("ERR No shutdown in progress.")
            throw .written
        }
        guard server.shutdown(ShutdownRequest(options: options)) else {
            reply.error("ERR Errors trying to SHUTDOWN. Check logs.")
            throw .written
        }
        session.closesAfterReply = true
    }
}

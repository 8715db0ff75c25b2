internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Holds commands back for some time.
enum ClientPause: ServerCommand {
    static let spec = CommandSpec(
        name: "PAUSE", container: "CLIENT", group: .connection, since: "2.9.50",
        arity: .atLeast(3), flags: [.admin, .noscript, .loading, .stale], acl: .connection,
        summary: "Holds all commands, or those that write, back for some time.",
        complexity: "O(1)",
        history: [("6.2.0", "Only writers can be held back.")],
        arguments: [
            Argument("timeout", .integer),
            Argument(
                "mode", .oneof, since: "6.2.0", optional: true, [.token("write", "WRITE"), .token("all", "ALL")]),
        ],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments.count <= 4 else {
            let name = arguments[1].extracting(first: 128).quotedInError
            reply.error(
                bytes: Array("ERR unknown subcommand or wrong number of arguments for '".utf8) + name
                    + Array("'. Try CLIENT HELP.".utf8))
            throw .written
        }
        let kind = arguments.count == 4 ? try kind(arguments[3], &reply) : .all
        let end = try end(arguments[2], now: server.partition.now, &reply)
        server.beginPause(kind, until: end, by: session)
        reply.ok()
    }

    private static func kind(
        _ word: RawSpan, _ reply: inout ReplyWriter
    ) throws(CommandError) -> PauseState.Kind {
        if word.isWord("WRITE") { return .writes }
        if word.isWord("ALL") { return .all }
        reply.error("ERR CLIENT PAUSE mode must be WRITE or ALL")
        throw .written
    }

    /// When a pause of so many milliseconds from `now` ends.
    private static func end(
        _ word: RawSpan, now: Int64, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Int64 {
        guard let milliseconds = word.canonicalInteger else {
            reply.error("ERR timeout is not an integer or out of range")
            throw .written
        }
        guard milliseconds >= 0 else {
            reply.error("ERR timeout is negative")
            throw .written
        }
        let (end, overflow) = milliseconds.addingReportingOverflow(now)
        guard !overflow else {
            reply.error("ERR timeout is out of range")
            throw .written
        }
        return end
    }
}

/// Ends a pause before its time.
enum ClientUnpause: ServerCommand {
    static let spec = CommandSpec(
        name: "UNPAUSE", container: "CLIENT", group: .connection, since: "6.2.0",
        arity: .exactly(2), flags: [.admin, .noscript, .loading, .stale], acl: .connection,
        summary: "Lets all held commands go on.",
        complexity: "O(N) for N connections that wait",
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        server.endPause()
        reply.ok()
    }
}

internal import SnugCommands
internal import SnugRESP

/// Begins to collect commands.
enum Multi: ServerCommand {
    static let spec = CommandSpec(
        name: "MULTI", group: .transactions, since: "1.2.0",
        arity: .exactly(1), flags: [.noscript, .loading, .stale, .fast, .allowBusy], acl: .transaction,
        summary: "Begins a transaction: commands are collected until EXEC.",
        complexity: "O(1)",
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard session.transaction == nil else {
            reply.error("ERR MULTI calls can not be nested")
            throw .written
        }
        session.transaction = Transaction()
        reply.ok()
    }
}

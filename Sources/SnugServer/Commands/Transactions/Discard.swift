internal import SnugCommands
internal import SnugRESP

/// Ends a transaction without running it.
enum Discard: ServerCommand {
    static let spec = CommandSpec(
        name: "DISCARD", group: .transactions, since: "2.0.0",
        arity: .exactly(1), flags: [.noscript, .loading, .stale, .fast, .allowBusy], acl: .transaction,
        summary: "Forgets the commands of the transaction and the watched keys.",
        complexity: "O(N) for N collected commands",
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard session.transaction != nil else {
            reply.error("ERR DISCARD without MULTI")
            throw .written
        }
        server.discardTransaction(of: session)
        reply.ok()
    }
}

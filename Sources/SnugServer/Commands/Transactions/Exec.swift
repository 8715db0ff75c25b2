internal import SnugCommands
internal import SnugRESP

/// Runs the collected commands, unless one could not be collected or a watched key has changed.
enum Exec: ServerCommand {
    static let spec = CommandSpec(
        name: "EXEC", group: .transactions, since: "1.2.0",
        arity: .exactly(1), flags: [.noscript, .loading, .stale, .skipSlowlog], acl: .transaction,
        summary: "Runs the commands of the transaction, one after the other and nothing between.",
        complexity: "That of the commands",
        reply: .oneOf([.array(of: .any), .null]))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let transaction = session.transaction else {
            reply.error("ERR EXEC without MULTI")
            throw .written
        }
        guard !transaction.isBroken else {
            server.discardTransaction(of: session)
            reply.error("EXECABORT Transaction discarded because of previous errors.")
            throw .written
        }
        guard !session.watches.haveChanged(in: server.partition) else {
            server.discardTransaction(of: session)
            return reply.nullArray()
        }
        session.unwatchAll(&server.partition)
        server.runTransaction(of: session, &reply)
    }
}

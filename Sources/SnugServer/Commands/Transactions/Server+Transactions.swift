internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Collecting the commands of a transaction, and running them.
extension Server {
    /// Whether a command with this number runs at once while its session collects a transaction.
    func runsInsideTransaction(_ number: Int) -> Bool {
        let type = table.entries[number].type
        return Self.immediateCommands.contains { $0 == type }
    }

    private static let immediateCommands: [any CommandDeclaration.Type] = [
        Exec.self, Discard.self, Multi.self, Watch.self, Quit.self, Reset.self,
    ]

    func isExec(_ number: Int) -> Bool { table.entries[number].type == Exec.self }

    /// Puts a command that has passed all checks behind the others of the session's transaction. Costs a copy of its
    /// arguments.
    func queue(
        _ number: Int, _ arguments: borrowing Arguments, _ session: Session, _ reply: inout ReplyWriter
    ) {
        session.transaction?.append(number, flags: table.rows[number].flags, arguments)
        reply.simple("QUEUED")
    }

    /// Runs the queue of the session's transaction and ends it. Every command sees the same time, and its error is a
    /// reply like others. The time that the commands take counts as EXEC's too.
    func runTransaction(of session: Session, _ reply: inout ReplyWriter) {
        let (now, begun) = (partition.now, moment)
        session.transaction?.isExecuting = true
        let queue = session.transaction?.queue ?? []
        reply.array(queue.count)
        for queued in queue {
            partition.now = now
            call(queued.command, queued.arguments.arguments, session, &reply)
        }
        session.transaction = nil
        sendOwnMessages(of: session, &reply)
        moment = begun
        partition.now = now
        if pause.isActive { updateReclaiming() }
    }

    /// Ends the session's transaction without running it and forgets its watched keys.
    func discardTransaction(of session: Session) {
        session.transaction = nil
        session.unwatchAll(&partition)
    }

    /// Turns the error that refused EXEC itself, written since `mark`, into Redis's EXECABORT and ends the transaction.
    func abortTransaction(of session: Session, _ mark: ReplyWriter.Mark, _ reply: inout ReplyWriter) {
        discardTransaction(of: session)
        var reason = reply.lastErrorText
        if reason.starts(with: "ERR ".utf8) { reason.removeFirst(4) }
        reply.rollBack(to: mark)
        reply.error(bytes: Array("EXECABORT Transaction discarded because of: ".utf8) + reason)
    }
}

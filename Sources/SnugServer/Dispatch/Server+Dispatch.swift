internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
package import SnugRESP

/// From a parsed request to its reply: the checks in Redis's order, and the call.
extension Server {
    package enum Disposition {
        case done
        /// The command must wait; its bytes stay unread.
        case deferred
    }

    /// Runs one request of `session`. `now` has been set for the batch by `beginBatch`.
    package func execute(
        _ arguments: borrowing Arguments, _ session: Session, _ reply: inout ReplyWriter
    ) -> Disposition {
        guard let number = resolve(arguments, session, &reply) else { return .done }
        call(number, arguments, session, &reply)
        return .done
    }

    /// The number of the command that is asked for. Nil when there is none or its arity is wrong; the error is written.
    private func resolve(
        _ arguments: borrowing Arguments, _ session: Session, _ reply: inout ReplyWriter
    ) -> Int? {
        guard let number = table.find(arguments[0]) else {
            reply.error("ERR unknown command")
            return nil
        }
        guard table.rows[number].accepts(arguments.count) else {
            reply.wrongArity(of: table.entries[number].fullName)
            return nil
        }
        return number
    }

    /// Calls the command and counts the call.
    func call(
        _ number: Int, _ arguments: borrowing Arguments, _ session: Session, _ reply: inout ReplyWriter
    ) {
        partition.selected = session.database
        do {
            switch handlers[number] {
            case .data(let command): try command.run(arguments, &partition, &reply)
            case .server(let command): try command.run(arguments, session, self, &reply)
            }
        } catch {
            reply.error(error)
        }
    }
}

internal import Logging
internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
package import SnugRESP

/// From a parsed request to its reply: the checks in Redis's order, and the call.
///
///     resolve ─► arity ─► authenticated? ─► subscribed? ─► paused? ─► inside MULTI? ─► run ─► encodings ─► monitors
///        └─────────┴────────────┴──────────────┴── refused: the error is written, a transaction is broken   └► count
extension Server {
    package enum Disposition {
        case done
        /// The server is paused for this command: its bytes stay unread until the connection is resumed.
        case deferred
    }

    /// Reads the clocks for the requests that are run next.
    package func beginBatch() {
        moment = Moment(clock)
        partition.now = moment.milliseconds
    }

    /// Runs one request of `session`, which has at least one word.
    package func execute(
        _ arguments: borrowing Arguments, _ session: Session, _ reply: inout ReplyWriter
    ) -> Disposition {
        let mark = reply.mark
        let disposition = executeAnswering(arguments, session, &reply)
        if session.replyMode != .on { settleReplyMode(of: session, mark, &reply) }
        return disposition
    }

    private func executeAnswering(
        _ arguments: borrowing Arguments, _ session: Session, _ reply: inout ReplyWriter
    ) -> Disposition {
        reply.version = session.protocolVersion
        guard let number = resolve(arguments, session, &reply) else { return .done }
        session.lastCommand = number
        session.lastCommandAt = moment.steadyMilliseconds
        let flags = table.rows[number].flags
        if !session.isAuthenticated && !flags.contains(.noAuth) && asksForPassword {
            refuse(number, session, &reply) { $0.error("NOAUTH Authentication required.") }
            return .done
        }
        if session.isSubscriber && isBarred(number, session) {
            refuseSubscriber(number, session, &reply)
            return .done
        }
        if session.isMonitor && !flags.isDisjoint(with: [.write, .readonly]) {
            refuse(number, session, &reply) { $0.error("ERR Replica can't interact with the keyspace") }
            return .done
        }
        if session.transaction != nil && flags.contains(.noMulti) {
            refuse(number, session, &reply) { $0.error("ERR Command not allowed inside a transaction") }
            return .done
        }
        if pause.isActive && isHeldBack(number, session) { return .deferred }
        if session.transaction != nil && !runsInsideTransaction(number) {
            queue(number, arguments, session, &reply)
            return .done
        }
        call(number, arguments, session, &reply)
        return .done
    }

    // MARK: Finding the command

    /// The number of the command that is asked for. Nil when there is none or its arity is wrong; the error is written.
    private func resolve(
        _ arguments: borrowing Arguments, _ session: Session, _ reply: inout ReplyWriter
    ) -> Int? {
        guard var number = find(arguments[0]) else {
            refuseUnknown(arguments, session, &reply)
            return nil
        }
        if table.rows[number].hasSubcommands && arguments.count > 1 {
            guard let subcommand = table.findSubcommand(arguments[1], of: number) else {
                let text = unknownSubcommandText(arguments[1], of: number)
                refuse(number, session, &reply) { $0.error(bytes: text) }
                return nil
            }
            number = subcommand
        }
        guard table.rows[number].accepts(arguments.count) else {
            let name = table.entries[number].fullName
            refuse(number, session, &reply) { $0.wrongArity(of: name) }
            return nil
        }
        return number
    }

    /// The number of the command of that name. Commands of one name mostly come one after the other.
    @inline(__always)
    func find(_ name: RawSpan) -> Int? {
        if lastFound.isNamed(name) { return lastFound.number }
        guard let number = table.find(name) else { return nil }
        lastFound = FoundCommand(name, number: number)
        return number
    }

    private func refuseUnknown(_ arguments: borrowing Arguments, _ session: Session, _ reply: inout ReplyWriter) {
        if arguments[0].equalsIgnoringCase("post") || arguments[0].equalsIgnoringCase("host:") {
            // A browser was made to send a form here: what follows must not be run as commands.
            logger.warning("closing \(session.address): it speaks HTTP, possibly on behalf of an attacker")
            session.closesAfterReply = true
            return
        }
        let text = unknownCommandText(arguments)
        refuse(nil, session, &reply) { $0.error(bytes: text) }
    }

    private func unknownCommandText(_ arguments: borrowing Arguments) -> [UInt8] {
        let longest = 128
        var text = Array("ERR unknown command '".utf8)
        text += shown(arguments[0], longest)
        text += "', with args beginning with: ".utf8
        let start = text.count
        for index in 1..<max(1, arguments.count) where text.count - start < longest {
            text.append(UInt8(ascii: "'"))
            text += shown(arguments[index], longest - (text.count - start - 1))
            text += "' ".utf8
        }
        return text
    }

    /// As much of an argument as Redis shows in an error: up to a zero byte, and no more than `count` bytes.
    private func shown(_ argument: RawSpan, _ count: Int) -> ArraySlice<UInt8> {
        argument.extracting(first: count).makeArray().prefix { $0 != 0 }
    }

    private func unknownSubcommandText(_ word: RawSpan, of container: Int) -> [UInt8] {
        Array("ERR unknown subcommand '".utf8) + shown(word, 128)
            + "'. Try \(table.entries[container].spec.name) HELP.".utf8
    }

    // MARK: Refusing

    /// Writes an error for a request that is not run. A transaction that is being collected cannot succeed any more.
    func refuse(
        _ number: Int?, _ session: Session, _ reply: inout ReplyWriter, _ write: (inout ReplyWriter) -> Void
    ) {
        session.transaction?.isBroken = true
        let mark = reply.mark
        write(&reply)
        if let number, isExec(number) { abortTransaction(of: session, mark, &reply) }
        if let number { commandStatistics[number].rejected += 1 }
        countError(reply.lastErrorPrefix)
    }

    private func countError(_ prefix: String) {
        statistics.errorReplies += 1
        statistics.errors[prefix, default: 0] += 1
    }

    // MARK: Calling

    /// Calls the command and counts the call.
    func call(
        _ number: Int, _ arguments: borrowing Arguments, _ session: Session, _ reply: inout ReplyWriter
    ) {
        if !session.secretArguments.isEmpty { session.secretArguments = [] }
        session.commandCount &+= 1
        statistics.commandsProcessed &+= 1
        let errorsBefore = reply.errorCount - countedErrorCount
        run(number, arguments, session, &reply)
        let nanoseconds = moment.advance(clock)
        if partition.encodings.hasEvents { tellEncodings(of: number, session, &reply) }
        // Now it is known which arguments are secret.
        if monitorCount > 0 { feedMonitors(number, arguments, session) }
        commandStatistics[number].noteCall(nanoseconds: nanoseconds, inHistogram: tracksLatency)
        // Errors of commands that EXEC has run are counted already, as theirs.
        if reply.errorCount - countedErrorCount != errorsBefore {
            countedErrorCount += 1
            commandStatistics[number].failed &+= 1
            countError(reply.lastErrorPrefix)
        }
        if nanoseconds >= observedNanosecondsMin {
            noteDuration(of: number, arguments, nanoseconds: nanoseconds, session)
        }
        partition.now = moment.milliseconds
    }

    @inline(__always)
    private func run(
        _ number: Int, _ arguments: borrowing Arguments, _ session: Session, _ reply: inout ReplyWriter
    ) {
        do {
            switch handlers[number] {
            case .data(let command):
                partition.selected = session.database
                partition.recordsAccess = !session.isNoTouch
                try command.run(arguments, &partition, &reply)
            case .server(let command):
                partition.selected = session.database
                try command.run(arguments, session, self, &reply)
            }
        } catch {
            reply.error(error)
        }
    }

    // MARK: CLIENT REPLY

    private func settleReplyMode(of session: Session, _ mark: ReplyWriter.Mark, _ reply: inout ReplyWriter) {
        switch session.replyMode {
        case .on: break
        case .off: reply.rollBack(to: mark)
        case .skipRequested:
            reply.rollBack(to: mark)
            session.replyMode = .skipNext
        case .skipNext:
            reply.rollBack(to: mark)
            session.replyMode = .on
        }
    }
}

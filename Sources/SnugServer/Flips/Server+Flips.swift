internal import Logging
internal import SnugCommands
internal import SnugConfiguration
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Saying that limits have changed encodings: in the log, to SNUG FLIPS and to subscribers.
extension Server {
    /// Takes what the engine has noted while a client's command ran. Called only when there is something.
    @inline(never)
    func tellEncodings(of number: Int, _ session: Session, _ reply: inout ReplyWriter) {
        let cause = FlipCause(
            address: session.address, clientName: session.name, command: table.entries[number].fullName)
        for event in partition.encodings.takeEvents() { tell(event, cause, session) }
        sendOwnMessages(of: session, &reply)
    }

    /// The same for what has been noted outside of commands.
    func tellEncodings() {
        for event in partition.encodings.takeEvents() { tell(event, FlipCause(), nil) }
    }

    private func tell(_ event: EncodingEvent, _ cause: FlipCause, _ session: Session?) {
        let now = clock.monotonicNanoseconds() / 1_000_000
        let leftOut: Int?
        switch event.kind {
        case .changed:
            flipLog.record(
                event, cause, now: partition.now, keepingAtMost: configuration.observation.flipLogCountMax)
            if configuration.events.tellsEncodings { announce(event, session) }
            leftOut = flipLines.admit(event.shape, now: now)
        case .near: leftOut = warningLines.admit(event.shape, now: now)
        }
        guard let leftOut else { return }
        let text = FlipText(
            event: event, cause: cause, warnPercent: configuration.limits.warnPercent, leftOut: leftOut,
            hidesKey: configuration.log.hidesUserData)
        logger.notice("\(text.line)")
    }

    /// Publishes the change as an event of its key.
    private func announce(_ event: EncodingEvent, _ session: Session?) {
        if subscribers.isEmpty { return }
        let name = Array("encoding".utf8)
        if configuration.events.tellsByKey {
            let channel = Array("__keyspace@\(event.database)__:".utf8) + event.key
            publish(name, to: channel, by: session)
        }
        if configuration.events.tellsByEvent {
            publish(event.key, to: Array("__keyevent@\(event.database)__:".utf8) + name, by: session)
        }
    }

    /// Logs how many lines have been left out where no later line has told it. `now` in milliseconds of the monotonic
    /// clock; called by the cron.
    func tellLeftOut(now: Int64) {
        let hidesKey = configuration.log.hidesUserData
        for leftOut in flipLines.takeLeftOut(now: now) {
            logger.notice("\(FlipText.line(leftOut: leftOut, .changed, hidesKey: hidesKey))")
        }
        for leftOut in warningLines.takeLeftOut(now: now) {
            logger.notice("\(FlipText.line(leftOut: leftOut, .near, hidesKey: hidesKey))")
        }
    }

    /// INFO's section on encodings.
    func writeEncodings(_ text: inout InfoText) {
        let journal = partition.encodings
        text.section("Encodings")
        text.field("encoding_changes", journal.totals.reduce(0) { $0 + $1.count })
        text.field("encoding_warnings", journal.nearCount)
        text.field("encoding_lines_left_out", flipLines.leftOutCount + warningLines.leftOutCount)
        text.field("encoding_flip_log_entries", flipLog.count)
        for total in journal.totals {
            text.field("\(total.type.name)_\(total.from.name)_to_\(total.to.name)", total.count)
        }
    }
}

internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// A session as one line of CLIENT LIST, the fields in Redis's order:
///
///     id addr laddr fd name age idle flags db sub psub ssub multi watch qbuf qbuf-free argv-mem multi-mem rbs rbp
///     obl oll omem tot-mem events cmd user redir resp lib-name lib-ver
///
/// Replies are written into a buffer that all connections share, so `rbs`, `rbp` and `obl`, which tell of a buffer of
/// the client's own, are 0; what the socket has not taken yet is `omem`.
extension Server {
    /// Appends the line of `session`, without a line end. `argumentByteCount` is that of the command being run when it
    /// is the session's own, else 0.
    func appendLine(of session: Session, argumentByteCount: Int, to line: inout GrowableBytes) {
        appendIdentity(of: session, to: &line)
        appendTransaction(of: session, to: &line)
        appendMemory(of: session, argumentByteCount: argumentByteCount, to: &line)
        line.append(" cmd=")
        line.append(session.lastCommand < 0 ? "NULL" : table.entries[session.lastCommand].fullName)
        line.append(" user=default redir=-1")
        line.append(" resp=", session.protocolVersion)
        line.append(" lib-name=")
        line.append(bytes: session.libraryName)
        line.append(" lib-ver=")
        line.append(bytes: session.libraryVersion)
    }

    private func appendIdentity(of session: Session, to line: inout GrowableBytes) {
        line.append("id=", Int(session.id))
        line.append(" addr=")
        line.append(session.address)
        line.append(" laddr=")
        line.append(session.localAddress)
        line.append(" fd=", session.connection?.fileDescriptor ?? -1)
        line.append(" name=")
        line.append(bytes: session.name)
        line.append(" age=", Int(session.ageSeconds(now: moment.steadyMilliseconds)))
        line.append(" idle=", Int(session.idleSeconds(now: moment.steadyMilliseconds)))
        line.append(" flags=")
        appendFlags(of: session, to: &line)
        line.append(" db=", session.database)
    }

    private func appendTransaction(of session: Session, to line: inout GrowableBytes) {
        line.append(" sub=", session.subscriptions.channels.count)
        line.append(" psub=", session.subscriptions.patterns.count)
        line.append(" ssub=0")
        line.append(" multi=", session.transaction?.queue.count ?? -1)
        line.append(" watch=", session.watches.count)
    }

    private func appendMemory(of session: Session, argumentByteCount: Int, to line: inout GrowableBytes) {
        let unread = session.connection?.unreadByteCount ?? 0
        let free = session.connection?.unreadFreeByteCount ?? 0
        let unsent = session.connection?.unsentByteCount ?? 0
        let queued = session.transaction?.byteCount ?? 0
        line.append(" qbuf=", unread)
        line.append(" qbuf-free=", free)
        line.append(" argv-mem=", argumentByteCount)
        line.append(" multi-mem=", queued)
        line.append(" rbs=0 rbp=0 obl=0")
        line.append(" oll=", unsent > 0 ? 1 : 0)
        line.append(" omem=", unsent)
        let buffers = session.connection?.bufferByteCount ?? 0
        line.append(" tot-mem=", session.byteCount + buffers + argumentByteCount + queued + unsent)
        line.append(unsent > 0 ? " events=rw" : " events=r")
    }

    /// One letter for each of the session's states, or `N` for none.
    private func appendFlags(of session: Session, to line: inout GrowableBytes) {
        let start = line.count
        if session.isMonitor { line.append(UInt8(ascii: "O")) }
        if session.isSubscriber { line.append(UInt8(ascii: "P")) }
        if session.transaction != nil { line.append(UInt8(ascii: "x")) }
        if session.isHeld { line.append(UInt8(ascii: "b")) }
        if session.watches.haveChanged(in: partition) { line.append(UInt8(ascii: "d")) }
        if session.closesAfterReply { line.append(UInt8(ascii: "c")) }
        if session.isUnixSocket { line.append(UInt8(ascii: "U")) }
        if session.isNoEvict { line.append(UInt8(ascii: "e")) }
        if session.isNoTouch { line.append(UInt8(ascii: "T")) }
        if line.count == start { line.append(UInt8(ascii: "N")) }
    }
}

extension GrowableBytes {
    fileprivate mutating func append(bytes: [UInt8]) {
        append(bytes.rawBytes)
    }

    fileprivate mutating func append(_ label: StaticString, _ value: Int) {
        append(label)
        append(decimal: Int64(value))
    }
}

internal import Logging
internal import SnugConfiguration
internal import SnugMemory
internal import SnugRESP

/// One client's socket: runs the commands that it brings, and sends the replies.
///
/// An idle connection holds no buffer: requests are parsed where they were received, in an `Inbox`, only the bytes of
/// an unfinished command are kept, and replies are written into an `Outbox`; all connections of the loop share both.
final class ClientConnection {
    let server: Server
    let session: Session
    private let loop: EventLoop
    private let inbox: Inbox
    /// Called once, when the socket is closed.
    private let onClose: (ClientConnection) -> Void
    let socket: StreamSocket
    /// Nil before `start` and when the socket is closed.
    private var registration: EventLoop.Registration?

    private var parser = RequestParser()
    /// Bytes that have come and are not yet run: an unfinished command, or what a pause holds back.
    private var pending = GrowableBytes()
    /// Whether no more commands are run.
    private(set) var isClosing = false
    private(set) var isClosed = false
    /// Whether the commands that have come wait for the loop to come round; see `takeNextTurn`.
    private(set) var isTurnOver = false
    /// Whether replies are being collected, how often some have been that are not sent, and what is to be sent behind
    /// them.
    private(set) var isRunningCommands = false
    var waitingReplyCount = 0
    var afterReplies: [UInt8] = []

    // MARK: What `ClientConnection+Output` keeps

    var unsent = UnsentBytes()
    /// When the unsent bytes first exceeded the soft limit, milliseconds of the monotonic clock, or nil.
    var softLimitExceededSince: Int64?
    var isReadingPaused = false

    init(
        socket: StreamSocket, server: Server, session: Session, loop: EventLoop, inbox: Inbox,
        onClose: @escaping (ClientConnection) -> Void
    ) {
        self.socket = socket
        self.server = server
        self.session = session
        self.loop = loop
        self.inbox = inbox
        self.onClose = onClose
    }

    // MARK: Life

    /// Lets the loop call. False when the kernel has no room for the socket.
    func start() -> Bool {
        registration = loop.add(self, descriptor: socket.descriptor, for: .readable)
        return registration != nil
    }

    /// Waits for what the connection can make use of now.
    func updateInterest() {
        guard let registration else { return }
        var readiness: Readiness = isReadingPaused ? [] : .readable
        if !unsent.isEmpty { readiness.insert(.writable) }
        loop.change(registration, for: readiness)
    }

    // MARK: Reading

    /// Whether bytes that come now would be run at once, and begin with a command.
    var isAtCommand: Bool { pending.count == 0 && !parser.isInsideCommand && !isReadingPaused && !isClosing }

    /// Takes the bytes of a range, which have come. `queue` may hold commands of theirs. What comes after the last
    /// command of a client that is being closed is dropped.
    func take(_ base: RawSpan, _ range: Range<Int>, _ queue: inout RequestQueue) {
        guard !isClosing else { return }
        session.receivedByteCount &+= UInt64(range.count)
        server.statistics.receivedByteCount &+= UInt64(range.count)
        server.statistics.reads &+= 1
        if pending.count == 0 && !isReadingPaused {
            let end = process(base, range, &queue)
            if end < range.upperBound && !isClosing {
                pending.reserve(min(parser.byteCountWanted, 1 << 20))
                pending.append(base.slice(from: end, count: range.upperBound - end))
            }
        } else {
            pending.append(base.slice(from: range.lowerBound, count: range.count))
            if !isReadingPaused && !isTurnOver { processPending(&queue) }
        }
        // What a transaction has queued has come in and not been run either.
        let unrunByteCount = pending.count + (session.transaction?.byteCount ?? 0)
        if unrunByteCount > server.configuration.clients.queryBufferByteCountMax { refuseRequests(of: unrunByteCount) }
        sendReplies()
    }

    /// Replies of more than so many bytes are sent before the client's next command runs, so that a pipeline of large
    /// replies neither piles up in memory nor keeps the other clients waiting.
    private static let replyByteCountPerTurn = 1 << 20

    /// Goes on with what was left when a turn was over, when the loop comes round, or when the client has read enough.
    func takeNextTurn() {
        guard isTurnOver, !isReadingPaused, !isClosing else { return }
        loop.defer { [self] in
            guard isTurnOver, !isReadingPaused, !isClosing else { return }
            isTurnOver = false
            processPending(&inbox.queue)
            sendReplies()
        }
    }

    private func processPending(_ queue: inout RequestQueue) {
        server.beginBatch()
        queue.removeAll()
        let end = process(pending.bytes, 0..<pending.count, &queue)
        queue.removeAll()
        pending.removeFirst(min(end, pending.count))
        if pending.count == 0 { pending.removeAll(keepingAtMost: 0) }
    }

    /// Runs the complete commands at the front of a range of `base`; returns where what is left of it begins.
    private func process(_ base: RawSpan, _ range: Range<Int>, _ queue: inout RequestQueue) -> Int {
        isRunningCommands = true
        defer { isRunningCommands = false }
        // What was to be sent behind earlier replies must not come behind later ones.
        if !afterReplies.isEmpty { server.outbox.send() }
        return run(base, range, &queue, &server.outbox.writer)
    }

    private func run(
        _ base: RawSpan, _ range: Range<Int>, _ queue: inout RequestQueue, _ reply: inout ReplyWriter
    ) -> Int {
        var limits = server.configuration.requestLimits
        queue.keep(for: limits)
        let mark = reply.byteCount
        var offset = range.lowerBound
        do {
            while offset < range.upperBound && !isClosing && !isTurnOver {
                limits.isUnauthenticated = !session.isAuthenticated && server.asksForPassword
                let rest = offset..<range.upperBound
                if let command = next(in: base, rest, &queue, limits: limits) {
                    let arguments = queue.arguments(of: command, in: base)
                    if server.execute(arguments, session, &reply) == .deferred { return offset }
                    offset = command.end
                } else {
                    let bytes = base.slice(from: offset, count: rest.count)
                    guard let byteCount = try parseAndRun(bytes, limits: limits, &reply) else { return offset }
                    offset += byteCount
                }
                if session.closesAfterReply { isClosing = true }
                isTurnOver = reply.byteCount - mark > Self.replyByteCountPerTurn
            }
        } catch {
            reply.error(bytes: Array("ERR ".utf8) + error.bytes)
            server.logger.debug("closing client \(session.address): \(error.text)")
            isClosing = true
        }
        return isClosing ? range.upperBound : offset
    }

    /// The command at the front of a range, taken from the queue, to which it may be added. Nil when it is for the
    /// parser.
    @inline(__always)
    private func next(
        in base: RawSpan, _ range: Range<Int>, _ queue: inout RequestQueue, limits: borrowing RequestLimits
    ) -> RequestQueue.Command? {
        if limits.isUnauthenticated || parser.isInsideCommand { return nil }
        if queue.isEmpty { server.lookAhead(&queue, in: base, range, of: session) }
        return queue.removeFirst(at: range.lowerBound)
    }

    /// Runs the command at the front of `bytes`, which may be of any form; returns how many bytes it took. Nil when it
    /// is incomplete or held back.
    private func parseAndRun(
        _ bytes: RawSpan, limits: borrowing RequestLimits, _ reply: inout ReplyWriter
    ) throws(ProtocolError) -> Int? {
        // Taken out of the object: the command may ask what the connection's buffers hold.
        var parser = RequestParser()
        swap(&parser, &self.parser)
        defer { swap(&parser, &self.parser) }
        switch try parser.parse(bytes, limits: limits) {
        case .incomplete: return nil
        case .empty(let byteCount): return byteCount
        case .command(let byteCount):
            let disposition = server.execute(parser.arguments(in: bytes), session, &reply)
            parser.reset()
            return disposition == .deferred ? nil : byteCount
        }
    }

    private func refuseRequests(of byteCount: Int) {
        server.logger.warning(
            "closing client \(session.address): its \(byteCount) bytes of requests exceed client-query-buffer-limit")
        server.statistics.disconnectedForInput &+= 1
        isClosing = true
    }
}

// MARK: What the loop tells

extension ClientConnection: EventSource {
    func ready(for readiness: Readiness) {
        if readiness.contains(.writable) { sendUnsent() }
        if isClosed { return }
        if readiness.contains(.readable) {
            inbox.receive(for: self)
        } else if readiness.isBroken {
            // A reset or a broken pipe: the client is gone.
            close()
        }
    }
}

// MARK: What sessions ask of their socket

extension ClientConnection: Connection {
    func resume() {
        loop.defer { [self] in
            guard !isClosing, !isTurnOver, !isReadingPaused, pending.count > 0 else { return }
            processPending(&inbox.queue)
            sendReplies()
        }
    }

    func close() {
        isClosing = true
        guard !isClosed else { return }
        isClosed = true
        if let registration { loop.remove(registration) }
        registration = nil
        socket.close()
        unsent.removeAll()
        server.disconnected(session)
        onClose(self)
    }

    var unreadByteCount: Int { pending.count }
    var unreadFreeByteCount: Int { pending.capacity - pending.count }

    var bufferByteCount: Int { pending.capacity + parser.byteCount }

    var fileDescriptor: Int { isClosed ? -1 : Int(socket.descriptor) }
}

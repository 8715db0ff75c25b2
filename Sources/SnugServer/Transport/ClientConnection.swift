internal import Logging
internal import SnugConfiguration
internal import SnugMemory
internal import SnugRESP

/// One client's socket: feeds its bytes to the parser and the commands to the server, and sends the replies.
///
/// An idle connection holds no buffer: requests are parsed where they were received, only the bytes of an unfinished
/// command are kept, and replies are written into an `Outbox` that all connections of the loop share.
final class ClientConnection {
    let server: Server
    let session: Session
    private let loop: EventLoop
    private let receiveBuffer: ReceiveBuffer
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
        socket: StreamSocket, server: Server, session: Session, loop: EventLoop, receiveBuffer: ReceiveBuffer,
        onClose: @escaping (ClientConnection) -> Void
    ) {
        self.socket = socket
        self.server = server
        self.session = session
        self.loop = loop
        self.receiveBuffer = receiveBuffer
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

    private func receive() {
        let received = receiveBuffer.receive(from: socket) { take($0) }
        if case .end = received { close() }
    }

    /// Takes bytes that have come. What comes after the last command of a client that is being closed is dropped.
    private func take(_ bytes: RawSpan) {
        guard !isClosing else { return }
        session.receivedByteCount &+= UInt64(bytes.byteCount)
        server.statistics.receivedByteCount &+= UInt64(bytes.byteCount)
        server.statistics.reads &+= 1
        if pending.count == 0 && !isReadingPaused {
            let consumed = process(bytes)
            if consumed < bytes.byteCount && !isClosing {
                pending.reserve(min(parser.byteCountWanted, 1 << 20))
                pending.append(bytes.extracting(droppingFirst: consumed))
            }
        } else {
            pending.append(bytes)
            if !isReadingPaused && !isTurnOver { processPending() }
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
            processPending()
            sendReplies()
        }
    }

    private func processPending() {
        let consumed = process(pending.bytes)
        pending.removeFirst(min(consumed, pending.count))
        if pending.count == 0 { pending.removeAll(keepingAtMost: 0) }
    }

    /// Runs the complete commands at the front of `bytes`; returns how many bytes they took.
    private func process(_ bytes: RawSpan) -> Int {
        server.beginBatch()
        // Taken out of the object for the batch: a local needs no check for overlapping accesses at each use.
        var parser = RequestParser()
        swap(&parser, &self.parser)
        isRunningCommands = true
        defer {
            swap(&parser, &self.parser)
            isRunningCommands = false
        }
        // What was to be sent behind earlier replies must not come behind later ones.
        if !afterReplies.isEmpty { server.outbox.send() }
        return run(bytes, &parser, &server.outbox.writer)
    }

    private func run(_ bytes: RawSpan, _ parser: inout RequestParser, _ reply: inout ReplyWriter) -> Int {
        var limits = server.configuration.requestLimits
        let mark = reply.byteCount
        var offset = 0
        var previewed = 0
        do {
            while offset < bytes.byteCount && !isClosing && !isTurnOver {
                limits.isUnauthenticated = !session.isAuthenticated && server.asksForPassword
                let rest = bytes.extracting(droppingFirst: offset)
                if offset >= previewed && !parser.isInsideCommand && !limits.isUnauthenticated {
                    previewed = offset + server.prefetch(forCommandsIn: rest, of: session)
                }
                switch try parser.parse(rest, limits: limits) {
                case .incomplete: return offset
                case .empty(let count): offset += count
                case .command(let count):
                    let disposition = server.execute(parser.arguments(in: rest), session, &reply)
                    parser.reset()
                    if disposition == .deferred { return offset }
                    offset += count
                    if session.closesAfterReply { isClosing = true }
                    isTurnOver = reply.byteCount - mark > Self.replyByteCountPerTurn
                }
            }
        } catch {
            reply.error(bytes: Array("ERR ".utf8) + error.bytes)
            server.logger.debug("closing client \(session.address): \(error.text)")
            isClosing = true
        }
        return isClosing ? bytes.byteCount : offset
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
            receive()
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
            processPending()
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

internal import Logging
internal import NIOCore
internal import SnugConfiguration
internal import SnugMemory
internal import SnugRESP

/// One socket: feeds its bytes to the parser and the commands to the server, and sends the replies.
///
/// An idle connection holds no buffer: requests are parsed where the socket's read put them, only the bytes of an
/// unfinished command are kept, and replies are written into an `Outbox` that all connections of the loop share.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let server: Server
    let session: Session
    private(set) var context: ChannelHandlerContext?
    private var parser = RequestParser()
    /// Bytes that have come and are not yet run: an unfinished command, or what a pause holds back.
    private var pending = GrowableBytes()
    /// Whether no more commands are run.
    private(set) var isClosing = false
    /// Whether nothing more is sent: the channel has been told to close, at once or behind what is queued.
    var isClosed = false
    private(set) var socket: DirectSocket?
    /// Whether the channel has bytes of ours that the kernel has not taken.
    var hasQueued = false
    /// When the unsent bytes first exceeded the soft limit, milliseconds of the monotonic clock, or nil.
    var softLimitExceededSince: Int64?
    var isReadingPaused = false
    /// Whether the commands that have come wait for the loop to come round; see `takeNextTurn`.
    private(set) var isTurnOver = false
    /// Whether replies are being collected, how often some have been that are not sent, and what is to be sent behind
    /// them.
    private(set) var isRunningCommands = false
    var waitingReplyCount = 0
    var afterReplies: [UInt8] = []

    init(server: Server, session: Session) {
        self.server = server
        self.session = session
    }

    // MARK: Life

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        socket = DirectSocket(context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        isClosing = true
        isClosed = true
        server.disconnected(session)
        self.context = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A reset or a broken pipe: the client is gone.
        close()
    }

    // MARK: Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing else { return }
        let buffer = unwrapInboundIn(data)
        let byteCount = buffer.readableBytes
        session.receivedByteCount &+= UInt64(byteCount)
        server.statistics.receivedByteCount &+= UInt64(byteCount)
        server.statistics.reads &+= 1
        if pending.count == 0 && !isReadingPaused {
            let consumed = process(buffer.readableBytesSpan)
            if consumed < byteCount && !isClosing {
                pending.reserve(min(parser.byteCountWanted, 1 << 20))
                pending.append(buffer.readableBytesSpan.extracting(droppingFirst: consumed))
            }
        } else {
            pending.append(buffer.readableBytesSpan)
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
        guard isTurnOver, !isReadingPaused, !isClosing, let context else { return }
        context.eventLoop.assumeIsolated().execute { [self] in
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
        do {
            while offset < bytes.byteCount && !isClosing && !isTurnOver {
                limits.isUnauthenticated = !session.isAuthenticated && server.asksForPassword
                let rest = bytes.extracting(droppingFirst: offset)
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

// MARK: What sessions ask of their socket

extension ConnectionHandler: Connection {
    func resume() {
        guard let context else { return }
        context.eventLoop.assumeIsolated().execute { [self] in
            guard !isClosing, !isTurnOver, !isReadingPaused, pending.count > 0 else { return }
            processPending()
            sendReplies()
        }
    }

    func close() {
        isClosing = true
        isClosed = true
        context?.close(promise: nil)
    }

    var unreadByteCount: Int { pending.count }
    var unreadFreeByteCount: Int { pending.capacity - pending.count }

    var bufferByteCount: Int { pending.capacity + parser.byteCount }

    var fileDescriptor: Int { socket?.number ?? -1 }
}

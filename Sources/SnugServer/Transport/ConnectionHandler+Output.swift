internal import Logging
internal import NIOCore
internal import SnugConfiguration
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Sending, and the limits on what a slow reader may leave unsent.
extension ConnectionHandler {
    /// Unsent bytes above which no more requests of the client are read until it has read what it was sent.
    private static let unsentByteCountPausingReads = 256 << 20
    /// Unsent bytes that a client may leave before it has authenticated.
    private static let unauthenticatedUnsentByteCountMax = 1024

    /// Hands over what the commands of this read have answered, and goes on with what follows from them.
    func sendReplies() {
        guard let context else { return }
        let isAlone = server.sessions.count == 1
        server.outbox.close(
            for: self, on: context.eventLoop, isUrgent: isClosing || isAlone || !afterReplies.isEmpty)
        sendAfterReplies()
        if isClosing { closeWhenSent() } else { takeNextTurn() }
    }

    /// Sends a part of what `server.outbox` has collected for this connection.
    func sendCollected(_ bytes: RawSpan) {
        waitingReplyCount -= 1
        if !isClosed { write(bytes) }
        sendAfterReplies()
    }

    private func sendAfterReplies() {
        guard waitingReplyCount == 0, !afterReplies.isEmpty else { return }
        let bytes = afterReplies
        afterReplies = []
        send(bytes)
    }

    private func write(_ bytes: RawSpan) {
        session.sentByteCount &+= UInt64(bytes.byteCount)
        server.statistics.sentByteCount &+= UInt64(bytes.byteCount)
        server.statistics.writes &+= 1
        let taken = hasQueued ? 0 : socket?.send(bytes) ?? 0
        if taken < bytes.byteCount { queue(bytes.extracting(droppingFirst: taken)) }
    }

    /// Most bytes of one of the channel's buffers, which hold less than 4 GiB each.
    private static let queuedByteCountMax = 64 << 20

    /// Gives the channel what the socket did not take.
    private func queue(_ bytes: RawSpan) {
        guard let context else { return }
        hasQueued = true
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        var rest = bytes
        while rest.byteCount > 0 {
            let piece = rest.extracting(first: Self.queuedByteCountMax)
            rest = rest.extracting(droppingFirst: piece.byteCount)
            var out = context.channel.allocator.buffer(capacity: piece.byteCount)
            out.writeBytes(piece)
            context.write(wrapOutboundOut(out)).whenComplete { _ in
                bound.value.hasQueued = bound.value.unsentByteCount > 0
            }
        }
        context.flush()
        if !context.channel.isWritable { enforceOutputLimits() }
    }

    private func closeWhenSent() {
        guard let context, !isClosed else { return }
        isClosed = true
        guard hasQueued else { return context.close(promise: nil) }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
            bound.value.close(promise: nil)
        }
    }

    func send(_ bytes: [UInt8]) {
        guard !isClosing, context != nil else { return }
        // A session that monitors itself gets its reply first.
        if isRunningCommands || waitingReplyCount > 0 {
            afterReplies += bytes
        } else {
            write(bytes.rawBytes)
        }
    }

    var unsentByteCount: Int {
        (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            softLimitExceededSince = nil
            setReading(paused: false)
            takeNextTurn()
        }
        context.fireChannelWritabilityChanged()
    }

    /// Closes the client when what it has left unsent exceeds its class's limits; stops reading from it while it is far
    /// behind. Called when the socket has taken less than was written, and by the cron for the soft limit.
    func enforceOutputLimits() {
        let unsent = unsentByteCount
        let now = server.moment.steadyMilliseconds
        let clients = server.configuration.clients
        let limit = session.type == .pubsub ? clients.pubsubOutput : clients.normalOutput
        if !session.isAuthenticated && server.asksForPassword && unsent > Self.unauthenticatedUnsentByteCountMax {
            return closeForOutput(unsent, "before it has authenticated")
        }
        if limit.hard > 0 && unsent > limit.hard {
            return closeForOutput(unsent, "which exceeds its hard limit")
        }
        if limit.soft > 0 && unsent > limit.soft {
            let since = softLimitExceededSince ?? now
            softLimitExceededSince = since
            if now - since > Int64(limit.softSeconds) * 1000 {
                return closeForOutput(unsent, "which has exceeded its soft limit for \(limit.softSeconds) seconds")
            }
        } else {
            softLimitExceededSince = nil
        }
        if (session.isMonitor || session.isSubscriber) && unsent > Self.unsentByteCountPausingReads {
            return closeForOutput(unsent, "and it monitors or has subscribed: what it is sent does not wait for it")
        }
        setReading(paused: unsent > Self.unsentByteCountPausingReads)
    }

    private func closeForOutput(_ unsent: Int, _ reason: String) {
        server.logger.warning("closing client \(session.address): \(unsent) bytes of replies are unsent, \(reason)")
        server.statistics.disconnectedForOutput += 1
        close()
    }

    private func setReading(paused: Bool) {
        guard paused != isReadingPaused, let context else { return }
        isReadingPaused = paused
        try? context.channel.syncOptions?.setOption(.autoRead, value: !paused)
    }
}

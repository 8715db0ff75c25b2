internal import Logging
internal import SnugConfiguration
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Sending, and the limits on what a slow reader may leave unsent.
extension ClientConnection {
    /// Unsent bytes above which no more requests of the client are read until it has read what it was sent.
    private static let unsentByteCountPausingReads = 256 << 20
    /// Unsent bytes below which a client that has read counts as having caught up.
    private static let unsentByteCountCaughtUp = 32 << 10
    /// Unsent bytes that a client may leave before it has authenticated.
    private static let unauthenticatedUnsentByteCountMax = 1024

    /// Hands over what the commands of this read have answered, and goes on with what follows from them.
    func sendReplies() {
        let isAlone = server.sessions.count == 1
        server.outbox.close(for: self, isUrgent: isClosing || isAlone || !afterReplies.isEmpty)
        sendAfterReplies()
        if !isClosing {
            takeNextTurn()
        } else if unsent.isEmpty {
            close()
        }
    }

    /// Sends a part of what `server.outbox` has collected for this connection.
    func sendCollected(_ bytes: RawSpan) {
        waitingReplyCount -= 1
        write(bytes)
        sendAfterReplies()
    }

    private func sendAfterReplies() {
        guard waitingReplyCount == 0, !afterReplies.isEmpty else { return }
        let bytes = afterReplies
        afterReplies = []
        send(bytes)
    }

    private func write(_ bytes: RawSpan) {
        guard !isClosed else { return }
        session.sentByteCount &+= UInt64(bytes.byteCount)
        server.statistics.sentByteCount &+= UInt64(bytes.byteCount)
        server.statistics.writes &+= 1
        let taken = unsent.isEmpty ? socket.send(bytes) : 0
        guard taken < bytes.byteCount else { return }
        let isFirst = unsent.isEmpty
        unsent.append(bytes.extracting(droppingFirst: taken))
        if isFirst { updateInterest() }
        enforceOutputLimits()
    }

    /// Goes on with what the kernel did not take before.
    func sendUnsent() {
        unsent.send { socket.send($0) }
        if unsent.isEmpty {
            if isClosing { return close() }
            updateInterest()
        }
        guard unsent.count < Self.unsentByteCountCaughtUp else { return }
        softLimitExceededSince = nil
        setReading(paused: false)
        takeNextTurn()
    }

    func send(_ bytes: [UInt8]) {
        guard !isClosing else { return }
        // A session that monitors itself gets its reply first.
        if isRunningCommands || waitingReplyCount > 0 {
            afterReplies += bytes
        } else {
            write(bytes.rawBytes)
        }
    }

    var unsentByteCount: Int { unsent.count }

    /// Closes the client when what it has left unsent exceeds its class's limits; stops reading from it while it is far
    /// behind. Called when the socket has taken less than was written, and by the cron for the soft limit.
    func enforceOutputLimits() {
        let now = server.moment.steadyMilliseconds
        let clients = server.configuration.clients
        let limit = session.type == .pubsub ? clients.pubsubOutput : clients.normalOutput
        if !session.isAuthenticated && server.asksForPassword && unsent.count > Self.unauthenticatedUnsentByteCountMax {
            return closeForOutput("before it has authenticated")
        }
        if limit.hard > 0 && unsent.count > limit.hard {
            return closeForOutput("which exceeds its hard limit")
        }
        if limit.soft > 0 && unsent.count > limit.soft {
            let since = softLimitExceededSince ?? now
            softLimitExceededSince = since
            if now - since > Int64(limit.softSeconds) * 1000 {
                return closeForOutput("which has exceeded its soft limit for \(limit.softSeconds) seconds")
            }
        } else {
            softLimitExceededSince = nil
        }
        if (session.isMonitor || session.isSubscriber) && unsent.count > Self.unsentByteCountPausingReads {
            return closeForOutput("and it monitors or has subscribed: what it is sent does not wait for it")
        }
        setReading(paused: unsent.count > Self.unsentByteCountPausingReads)
    }

    private func closeForOutput(_ reason: String) {
        server.logger.warning(
            "closing client \(session.address): \(unsent.count) bytes of replies are unsent, \(reason)")
        server.statistics.disconnectedForOutput += 1
        close()
    }

    private func setReading(paused: Bool) {
        guard paused != isReadingPaused else { return }
        isReadingPaused = paused
        updateInterest()
        // What a pause of the server had held back may have been let go meanwhile.
        if !paused { resume() }
    }
}

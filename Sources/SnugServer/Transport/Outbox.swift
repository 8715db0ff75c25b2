internal import SnugMemory
internal import SnugRESP

/// The replies of one turn of the loop, those of all connections behind each other, so that an idle connection holds no
/// buffer and the sockets are written to after all that were ready have been read:
///
///     ┌────────────┬──────┬───────────────────┬─────────────────
///     │ client 7   │ 12   │ 7                 │ being written …
///     └────────────┴──────┴───────────────────┴─────────────────
///
/// Sending in the midst of reading costs a third more of the system's time for pipelines, because both sides then wake
/// each other for less (docs/decisions/0007).
final class Outbox {
    static let initialByteCount = 16 << 10
    /// More than this is given back after a large reply.
    static let byteCountKept = 256 << 10
    /// More than this does not wait for the other sockets: it is sent while it is still in the processor's cache.
    private static let byteCountMax = 64 << 10

    private let box = Box(ReplyWriter(capacity: initialByteCount))
    /// Whose replies end where, in the order in which they came.
    private var waiting: [Closed] = []

    private struct Closed {
        let connection: ClientConnection
        let end: Int
    }

    deinit { box.destroy() }

    /// In a box, so that a batch of commands enters it once.
    var writer: ReplyWriter {
        _read { yield box.value }
        _modify { yield &box.value }
    }

    /// Whether no connection has replies that wait.
    var isEmpty: Bool { waiting.isEmpty }

    /// Where the replies begin that no connection has closed off.
    var openOffset: Int { waiting.last?.end ?? 0 }

    /// Takes what has been written since the last call as the replies to a connection. They are sent by the `send` at
    /// the end of the loop's turn, or now when there are many or `isUrgent`.
    func close(for connection: ClientConnection, isUrgent: Bool) {
        let end = writer.byteCount
        guard end > openOffset else {
            if isUrgent { send() }
            return
        }
        waiting.append(Closed(connection: connection, end: end))
        connection.waitingReplyCount += 1
        if isUrgent || end > Self.byteCountMax { send() }
    }

    /// Sends all replies that are closed off. No commands may be running.
    func send() {
        if waiting.isEmpty { return }
        var start = 0
        for closed in waiting {
            writer.withBytes { closed.connection.sendCollected($0.slice(from: start, count: closed.end - start)) }
            start = closed.end
        }
        waiting.removeAll(keepingCapacity: true)
        writer.reset(keepingAtMost: Self.byteCountKept)
    }
}

internal import SnugConfiguration
internal import SnugMemory
internal import SnugRESP

/// The requests of one turn of the loop, those of all connections behind each other, until they are run. So an idle
/// connection holds no buffer, and the memory that the commands of several clients need is fetched for all of them at
/// once, as it is for a pipeline:
///
///     ┌──────────┬─────┬──────────────┬──────────────
///     │ client 7 │ 12  │ 3            │ room …
///     └──────────┴─────┴──────────────┴──────────────
///       ▲ the first to be run
final class Inbox {
    static let byteCount = 64 << 10
    /// With less room than this what has come is run before more is received.
    private static let roomMin = byteCount / 2

    /// What one read has brought.
    struct Arrival {
        let connection: ClientConnection
        /// Where the bytes lie in the buffer.
        let range: Range<Int>
    }

    private let server: Server
    private var buffer = [UInt8](repeating: 0, count: byteCount)
    private var usedByteCount = 0
    private var arrivals: [Arrival] = []
    private let box = Box(RequestQueue())

    init(server: Server) {
        self.server = server
    }

    deinit { box.destroy() }

    /// In a box, so that a batch of commands enters it once.
    var queue: RequestQueue {
        _read { yield box.value }
        _modify { yield &box.value }
    }

    /// Receives what has come for a connection, and runs it at the next `run`. What others have sent may be run first.
    func receive(for connection: ClientConnection) {
        if Self.byteCount - usedByteCount < Self.roomMin { run() }
        if connection.isClosed { return }
        // SAFETY: the call writes no more than the array's bytes.
        let received = unsafe buffer.withUnsafeMutableBytes {
            unsafe connection.socket.receive(into: UnsafeMutableRawBufferPointer(rebasing: $0[usedByteCount...]))
        }
        switch received {
        case .bytes(let count):
            arrivals.append(Arrival(connection: connection, range: usedByteCount..<usedByteCount + count))
            usedByteCount += count
        case .nothing: break
        case .end: connection.close()
        }
    }

    /// Runs what has come, in the order in which it came.
    func run() {
        if arrivals.isEmpty { return }
        run(buffer, &queue)
        arrivals.removeAll(keepingCapacity: true)
        usedByteCount = 0
    }

    private func run(_ buffer: [UInt8], _ queue: inout RequestQueue) {
        queue.keep(for: server.configuration.requestLimits)
        var lookedAt = 0
        for place in arrivals.indices {
            if place == lookedAt { lookedAt = server.lookAhead(&queue, at: arrivals, from: place, in: buffer.rawBytes) }
            // What was received and sent meanwhile has taken time, which is no command's.
            if place == 0 || server.outbox.isEmpty { server.beginBatch() }
            let arrival = arrivals[place]
            arrival.connection.take(buffer.rawBytes, arrival.range, &queue)
        }
        queue.removeAll()
    }
}

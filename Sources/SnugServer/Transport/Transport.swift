internal import Glibc
package import Logging
package import SnugConfiguration
internal import SnugEngine
internal import SnugMemory

/// The server on its sockets: one loop, on the thread that calls `run`, owns the server, its sockets and its timer.
package final class Transport {
    private let loop: EventLoop
    private let server: Server
    private let inbox: Inbox
    private let listener: Listener

    /// Listens; nobody is answered before `run`. Throws `ListenError`.
    package init(configuration: Configuration, logger: Logger) throws(ListenError) {
        guard let loop = EventLoop() else { throw ListenError(place: "any address", errno: errno) }
        self.loop = loop
        server = Server(configuration: configuration, logger: logger)
        inbox = Inbox(server: server)
        listener = Listener(server: server, loop: loop, inbox: inbox)
        server.onRebind = { [unowned listener] in listener.rebind($0) }
        server.onShutdown = { [unowned loop, unowned server] _ in
            server.logger.notice("a client asked for the end: shutting down")
            loop.stop()
        }
        try listener.listen(configuration)
    }

    /// Serves until a command ends it, or until `agrees` says so of a signal that has come. Then no socket is open any
    /// more.
    package func run(agrees: (Signals.Event) -> Bool) {
        startTimer()
        server.noteStarted()
        Allocator.releaseStartupCode()
        loop.run(afterSources: { inbox.run() }) {
            server.outbox.send()
            if let signal = Signals.take(), agrees(signal) { loop.stop() }
        }
        Signals.exitOnInterrupt()
        listener.closeConnections()
        listener.stopListening()
    }

    /// Calls the server's cron `hz` times a second. Later changes of `hz` act from the next start on.
    private func startTimer() {
        loop.repeatEvery(milliseconds: 1000 / Int64(server.configuration.expiry.roundsPerSecond)) {
            [unowned server, unowned listener] in
            server.beginBatch()
            server.cron(now: server.partition.now)
            server.releasePaused(now: server.partition.now)
            listener.visitConnections(now: server.moment.steadyMilliseconds)
        }
    }
}

package import Logging
internal import NIOCore
internal import NIOPosix
package import SnugConfiguration
internal import SnugEngine
internal import SnugMemory

/// The event loop: one thread that owns the server, its sockets and its timers.
package final class Transport: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let loop: any EventLoop
    private let state: NIOLoopBoundBox<State?>

    /// What lives on the loop.
    private struct State {
        let server: Server
        let listener: Listener
        let timer: RepeatedTask
    }

    /// Starts the loop and listens. `requestStop` is called on the loop when a command asks the server to stop; it must
    /// not block. Throws `ListenError`.
    package init(
        configuration: Configuration, logger: Logger, requestStop: @escaping @Sendable (ShutdownRequest) -> Void
    ) throws {
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        loop = group.next()
        state = .makeBoxSendingValue(nil, eventLoop: loop)
        do {
            try loop.submit { [state, loop] in
                let server = Server(configuration: configuration, logger: logger)
                let listener = Listener(server: server, loop: loop)
                server.onShutdown = requestStop
                server.onRebind = { [unowned listener] in listener.rebind($0) }
                state.value = State(server: server, listener: listener, timer: Self.startTimer(server, listener, loop))
                try listener.listen(configuration)
                server.noteStarted()
                Allocator.releaseStartupCode()
            }.wait()
        } catch {
            try? group.syncShutdownGracefully()
            throw error
        }
    }

    /// Calls the server's cron `hz` times a second. Later changes of `hz` act from the next start on.
    private static func startTimer(_ server: Server, _ listener: Listener, _ loop: any EventLoop) -> RepeatedTask {
        let interval = TimeAmount.milliseconds(1000 / Int64(server.configuration.expiry.roundsPerSecond))
        let bound = NIOLoopBound((server: server, listener: listener), eventLoop: loop)
        return loop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            let (server, listener) = bound.value
            server.beginBatch()
            server.cron(now: server.partition.now)
            server.releasePaused(now: server.partition.now)
            listener.visitConnections(now: server.moment.steadyMilliseconds)
        }
    }

    /// Stops listening, closes the connections, ends the loop. From any thread but the loop's; returns when all is
    /// done.
    package func shutDown() {
        let closed = loop.flatSubmit { [state, loop] in
            guard let current = state.value else { return loop.makeSucceededVoidFuture() }
            current.timer.cancel()
            current.listener.closeConnections()
            let closing = current.listener.stopListening()
            state.value = nil
            return closing
        }
        try? closed.wait()
        try? group.syncShutdownGracefully()
    }
}

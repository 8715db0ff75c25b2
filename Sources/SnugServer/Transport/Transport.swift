package import Logging
internal import NIOCore
internal import NIOPosix
package import SnugConfiguration

/// The event loop: one thread that owns the server, its sockets and its timers.
package final class Transport: Sendable {
    private let group: MultiThreadedEventLoopGroup

    /// Starts the loop and listens. `requestStop` is called on the loop when a command asks the server to stop; it must
    /// not block.
    package init(
        configuration: Configuration, logger: Logger, requestStop: @escaping @Sendable (ShutdownRequest) -> Void
    ) throws {
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let server = NIOLoopBoundBox.makeBoxSendingValue(nil as Server?, eventLoop: loop)
        _ = try loop.submit {
            server.value = Server(configuration: configuration, logger: logger)
            server.value?.onShutdown = requestStop
        }.flatMap {
            ServerBootstrap(group: loop)
                .serverChannelOption(.backlog, value: 511)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let server = server.value!
                        let session = Session(
                            id: server.sessions.nextID(), address: "", localAddress: "",
                            now: server.clock.wallMilliseconds())
                        try channel.pipeline.syncOperations.addHandler(
                            ConnectionHandler(server: server, session: session))
                    }
                }
                .bind(host: configuration.bind[0], port: configuration.port)
        }.wait()
    }

    /// Stops listening, closes the connections, ends the loop.
    package func shutDown() {
        try? group.syncShutdownGracefully()
    }
}

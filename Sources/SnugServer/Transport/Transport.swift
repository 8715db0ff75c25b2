package import Logging
internal import NIOCore
internal import NIOPosix

/// Binds the sockets and runs the event loop.
package enum Transport {
    package static func serve(configuration: Configuration, logger: Logger) throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let server = NIOLoopBoundBox.makeBoxSendingValue(nil as Server?, eventLoop: loop)
        let channel = try loop.submit {
            server.value = Server(configuration: configuration, logger: logger)
        }.flatMap {
            ServerBootstrap(group: loop)
                .serverChannelOption(.backlog, value: 511)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let server = server.value!
                        let session = Session(
                            id: server.sessions.nextID(), address: "", localAddress: "", now: server.clock.wallMilliseconds())
                        try channel.pipeline.syncOperations.addHandler(
                            ConnectionHandler(server: server, session: session))
                    }
                }
                .bind(host: configuration.bind[0], port: configuration.port)
        }.wait()
        try channel.closeFuture.wait()
    }
}
